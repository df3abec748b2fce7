using System.Text;

namespace Parley.Protocol.Tests.Dialects;

public sealed class VerbsTests
{
    [Fact]
    public void Every_name_finds_its_verb_and_every_verb_has_a_name()
    {
        foreach (var (name, expected) in Verbs.All)
        {
            Assert.True(Verbs.TryFind(Encoding.UTF8.GetBytes(name), out var verb), name);
            Assert.Equal((name, expected), (name, verb));
        }

        Assert.Equal(Enum.GetValues<Verb>().Order(), Verbs.All.Values.Distinct().Order());
    }

    [Theory]
    [InlineData("")]
    [InlineData("getclock")]
    [InlineData("GetClock ")]
    [InlineData("GetClock\0")]
    [InlineData("日本")]
    public void No_other_name_finds_one(string name) => Assert.False(Verbs.TryFind(Encoding.UTF8.GetBytes(name), out _));

    [Fact]
    public void Answers_of_the_two_generations_differ_only_where_the_protocol_says()
    {
        var same = Enum.GetValues<Verb>().Where(v => Verbs.ResponseType(v, Dialect.V3) == Verbs.ResponseType(v, Dialect.V2)).ToArray();

        Assert.Equal(
            [Verb.InitConnection, Verb.KeepAlive, Verb.UpdateConversationField, Verb.UnsubscribeExConversations, Verb.QueryMessages,
                Verb.GenerateUrlForUploadFile, Verb.GenerateUrlForDownloadFile, Verb.GenerateUploadToken, Verb.SetUserProfile, Verb.UpdateExConversationSubscription,
                Verb.GenerateDownloadToken, Verb.GetBrandProfile, Verb.SetAgentState, Verb.UpdateRoutingTaskSubscription, Verb.UpdateRingState],
            same);
        Assert.All(Enum.GetValues<Verb>(), v => Assert.Equal(Verbs.ResponseType(v, Dialect.V2), Verbs.ResponseType(v, Dialect.V21)));
    }
}
