using Parley.Conversations.Changes;
using Parley.Conversations.Commands;

namespace Parley.Conversations.Tests;

/// <summary>What a skill promises (protocol 15.5).</summary>
public sealed class PromiseTests
{
    private readonly Scene _scene = new()
    {
        Rules = new BrandRules { Promises = new(60, 30, 10), SkillPromises = new Dictionary<string, Promises> { ["9"] = new(600, 300, 100) } },
    };

    [Theory]
    [InlineData(TtrType.Normal, 60, TtrType.Normal, 600)]
    [InlineData(TtrType.Prioritized, 30, TtrType.Prioritized, 300)]
    [InlineData(TtrType.Urgent, 10, TtrType.Urgent, 100)]
    [InlineData(TtrType.Normal, 45, TtrType.Normal, 45)]
    [InlineData(TtrType.Custom, 60, TtrType.Custom, 60)]
    public void Another_skill_promises_for_the_one_before_but_what_somebody_promised_stays(TtrType type, int seconds, TtrType typeAfter, int secondsAfter)
    {
        _scene.Do(Scene.Opening(assignTo: Scene.Agent.UserId));
        _scene.Do(new ChangeConversation(Scene.Agent, [new ChangeTtr(type, seconds)]));

        _scene.Do(new ChangeConversation(Scene.Agent, [new ChangeSkill("9")]));

        Assert.Equal(new Ttr(typeAfter, secondsAfter), _scene.Now.Ttr);
    }

    [Fact]
    public void Without_a_skill_the_account_promises_again()
    {
        _scene.Do(Scene.Opening(assignTo: Scene.Agent.UserId));
        _scene.Do(new ChangeConversation(Scene.Agent, [new ChangeSkill("9")]));
        Assert.Equal(600, _scene.Now.Ttr.Seconds);

        _scene.Do(new ChangeConversation(Scene.Agent, [new ChangeSkill(null)]));

        Assert.Equal(60, _scene.Now.Ttr.Seconds);
    }

    [Fact]
    public void A_label_without_a_time_has_that_of_the_skill_the_conversation_has_by_then()
    {
        _scene.Do(Scene.Opening(assignTo: Scene.Agent.UserId));

        _scene.Do(new ChangeConversation(Scene.Consumer, [new ChangeTtr(TtrType.Urgent, null)]));
        Assert.Equal(new Ttr(TtrType.Urgent, 10), _scene.Now.Ttr);
        _scene.Do(new ChangeConversation(Scene.Agent, [new ChangeSkill("9"), new ChangeTtr(TtrType.Prioritized, null)]));
        Assert.Equal(new Ttr(TtrType.Prioritized, 300), _scene.Now.Ttr);
    }
}
