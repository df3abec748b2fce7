using System.Text.Json.Nodes;
using Parley.Protocol.Dialects;
using Parley.Protocol.Envelope;
using Parley.Protocol.Records;

namespace Parley.Protocol.Tests.Dialects;

public sealed class RoleMapsTests
{
    private static readonly ParticipantRecord Consumer = Of("consumer", "CONSUMER");
    private static readonly DialogRecord Main = Dialog("MAIN", Consumer, Of("agent", "ASSIGNED_AGENT"), Of("helper", "AGENT"));

    [Theory]
    [InlineData(Dialect.V2)]
    [InlineData(Dialect.V21)]
    public void In_a_survey_every_public_id_stands_at_the_place_of_its_participant(Dialect dialect)
    {
        var details = Write(dialect, Main with { State = "CLOSE" }, Dialog("POST_SURVEY", Consumer, Of("bot", "AGENT"), Of("agent", "READER")));

        Assert.Equal(["consumer-pid", "bot-pid", "agent-pid"], PublicIds(details, details["dialogs"]![1]!));
        Assert.Equal("""{"CONSUMER":["consumer-old"],"ASSIGNED_AGENT":["agent-old"],"AGENT":["bot-old","helper-old"],"READER":["agent-old"]}""", details["participants"]!.ToJsonString());
    }

    [Fact]
    public void Beside_a_consultation_the_main_dialog_keeps_its_places()
    {
        var details = Write(Dialect.V21, Main, Dialog("AGENTS", Of("agent", "ASSIGNED_AGENT"), Of("colleague", "READER")));

        Assert.Equal(["consumer-pid", "agent-pid", "helper-pid"], PublicIds(details, details["dialogs"]![0]!));
        Assert.Equal(["agent-pid", "colleague-pid"], PublicIds(details, details["dialogs"]![1]!));
    }

    [Fact]
    public void Consumers_are_told_of_the_participants_of_the_main_dialog()
    {
        var details = Write(Dialect.V3, Main, Dialog("POST_SURVEY", Consumer, Of("bot", "AGENT")));

        Assert.Equal(["consumer-pid", "agent-pid", "helper-pid"], details["participants"]!.AsArray().Select(p => (string?)p!["id"]));
        Assert.Equal("""{"CONSUMER":["consumer-pid"],"ASSIGNED_AGENT":["agent-pid"],"AGENT":["helper-pid"]}""", details["participantsPId"]!.ToJsonString());
    }

    // What node-agent-sdk makes of a dialog: it takes the n-th of a role from the n-th public id of the role.
    private static IEnumerable<string?> PublicIds(JsonNode details, JsonNode dialog)
    {
        var places = new Dictionary<string, int>();
        foreach (var participant in dialog["participantsDetails"]!.AsArray())
        {
            var role = (string)participant!["role"]!;
            places[role] = places.GetValueOrDefault(role) + 1;
            yield return (string?)details["participantsPId"]![role]?[places[role] - 1];
        }
    }

    private static ParticipantRecord Of(string name, string role) => new(new UserName($"{name}-pid", $"{name}-old"), role, false);

    private static DialogRecord Dialog(string type, params ParticipantRecord[] participants) => new()
    {
        DialogId = type, DialogType = type, ChannelType = "MESSAGING", State = "OPEN", Participants = participants,
    };

    private static JsonNode Write(Dialect dialect, params DialogRecord[] dialogs)
    {
        var writer = new PayloadWriter();
        ConversationLists.WriteRecord(writer, dialect, new()
        {
            ConversationId = "MAIN", BrandId = "brand", SkillId = "-1", State = "OPEN", Stage = "OPEN", TtrType = "NORMAL", Dialogs = dialogs,
        });
        return JsonNode.Parse(writer.Payload)!["conversationDetails"]!;
    }
}
