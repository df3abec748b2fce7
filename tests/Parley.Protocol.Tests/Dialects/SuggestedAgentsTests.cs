using System.Text.Json.Nodes;
using Parley.Protocol.Dialects;
using Parley.Protocol.Envelope;
using Parley.Protocol.Records;

namespace Parley.Protocol.Tests.Dialects;

public sealed class SuggestedAgentsTests
{
    private static readonly UserName Consumer = new("consumer", "consumer");
    private static readonly UserName Agent = new("agent-pid", "brand.17");
    private static readonly UserName Suggested = new("suggested-pid", "brand.18");

    [Theory]
    [InlineData(Dialect.V3, "consumer agent-pid")]
    [InlineData(Dialect.V2, "consumer brand.17")]
    [InlineData(Dialect.V21, "consumer brand.17 brand.18")]
    public void A_suggested_agent_is_shown_in_the_details_of_v21_alone(Dialect dialect, string expected)
    {
        var details = Write(dialect)["conversationDetails"]!["dialogs"]![0]!["participantsDetails"]!.AsArray();

        Assert.Equal(expected, string.Join(' ', details.Select(p => (string?)p!["id"])));
    }

    [Theory]
    [InlineData(Dialect.V2)]
    [InlineData(Dialect.V21)]
    public void A_suggested_agent_is_in_no_role_map(Dialect dialect)
    {
        var details = Write(dialect)["conversationDetails"]!;

        Assert.Equal("""{"CONSUMER":["consumer"],"ASSIGNED_AGENT":["brand.17"]}""", details["participants"]!.ToJsonString());
        Assert.Equal("""{"CONSUMER":["consumer"],"ASSIGNED_AGENT":["agent-pid"]}""", details["participantsPId"]!.ToJsonString());
    }

    [Fact]
    public void What_clients_gave_as_context_is_echoed_with_the_openers_properties()
    {
        var context = Write(Dialect.V3)["conversationDetails"]!["context"]!;

        Assert.Equal("""{"type":"SharkContext","lang":"en-US","clientProperties":{"type":".ClientProperties","appId":"a"}}""", context.ToJsonString());
    }

    private static JsonNode Write(Dialect dialect)
    {
        var dialog = new DialogRecord
        {
            DialogId = "d", DialogType = "MAIN", ChannelType = "MESSAGING", State = "OPEN",
            Participants = [new(Consumer, "CONSUMER", false), new(Agent, "ASSIGNED_AGENT", false), new(Suggested, "AGENT", true)],
        };
        var record = new ConversationRecord
        {
            ConversationId = "d", BrandId = "brand", SkillId = "-1", State = "OPEN", Stage = "OPEN", TtrType = "NORMAL", Dialogs = [dialog],
            Context = """{"type":"SharkContext","lang":"en-US","clientProperties":{"forged":true}}""", ClientProperties = """{"type":".ClientProperties","appId":"a"}""",
        };
        var writer = new PayloadWriter();
        ConversationLists.WriteRecord(writer, dialect, record);
        return JsonNode.Parse(writer.Payload)!;
    }
}
