using System.Text.Json;
using Parley.Conversations;
using Parley.Conversations.Changes;
using Parley.Protocol.Requests;
using Parley.Server.Identity;
using Parley.Server.Ownership;

namespace Parley.Server.Gateway.Fields;

/// <summary>Makes the fields of an UpdateConversationField request (protocol 9.3) into changes that the heart knows.</summary>
internal sealed class FieldReader(GatewayServices services, Principal principal, string conversationId)
{
    private const int LongestText = 64 * 1024;
    private const long EndOfTime = 253_402_300_799_999; // of the year 9999: promises are reckoned from it

    private const string NoStepUp = "Only an anonymous consumer steps up, with a valid token of a consumer who has signed in";

    private readonly List<FieldChange> _changes = [];
    private int _stepUp;

    /// <summary>The changes of the fields read so far.</summary>
    public IReadOnlyList<FieldChange> Changes => _changes;

    /// <summary>Reads one field.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    public string? Read(JsonElement field)
    {
        var members = new BodyMembers(field);
        var name = members.Required("field");
        var wrong = name switch
        {
            "ParticipantsChange" => ReadParticipant(members),
            "ConversationStateField" or "Stage" => members.Text("conversationState") == "CLOSE" ? Add(new CloseEverything()) : "conversationState must be CLOSE",
            "DialogChange" => ReadDialog(members),
            "Skill" => ReadSkill(members),
            "TTRField" => ReadTtr(members),
            "CSATRate" => ReadCsat(members),
            "ManualETTR" => ReadManualEttr(members),
            "DelayField" => ReadDelay(members),
            "Note" => ReadOpaque(field, OpaqueField.Note, "note"),
            "TopicField" => ReadOpaque(field, OpaqueField.Topic, "topic"),
            "CampaignInfo" => ReadOpaque(field, OpaqueField.CampaignInfo, "campaignInfo"),
            "MetaData" => ReadOpaque(field, OpaqueField.MetaData, "metaData"),
            "CSATSeen" => Add(new SetField(OpaqueField.CsatSeen, "true")),
            "StepUpAuthentication" => ReadStepUp(members),
            _ => $"conversationField {(name.Length > 40 ? name[..40] : name)} is not supported",
        };
        return wrong ?? members.Fault;
    }

    /// <summary>The token that a consumer steps up with, or null; <see cref="Judge"/> takes how it was judged.</summary>
    public string? StepUpToken { get; private set; }

    /// <summary>Who the consumer becomes by the step-up; null before it was judged, or without one.</summary>
    public ConsumerIdentity? SteppedUp { get; private set; }

    /// <summary>The token of the step-up was judged.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    public string? Judge(TokenValidation judged)
    {
        if (judged.Consumer is not { IsAnonymous: false } consumer) return NoStepUp;
        SteppedUp = consumer;
        _changes[_stepUp] = new StepUp(consumer.ConsumerId);
        return null;
    }

    private string? Add(FieldChange change)
    {
        _changes.Add(change);
        return null;
    }

    private string? ReadParticipant(BodyMembers field)
    {
        ParticipantChange? kind = field.Text("type") switch
        {
            "ADD" => ParticipantChange.Add,
            "REMOVE" => ParticipantChange.Remove,
            "UPDATE" => ParticipantChange.Update,
            "SUGGEST" => ParticipantChange.Suggest,
            _ => null,
        };
        var role = WireNames.RoleOf(field.Text("role"));
        if (kind is null) return "type must be ADD, REMOVE, UPDATE or SUGGEST";
        if (role is null) return "role is missing or not known";

        // Who leaves may have been deleted meanwhile; who comes must be there.
        var id = field.Text("userId");
        var agent = string.IsNullOrEmpty(id) ? null : services.Agents.Find(principal.AccountId, id);
        if (!string.IsNullOrEmpty(id) && kind != ParticipantChange.Remove && agent is not { Enabled: true }) return "userId is not an agent of this account";
        return Add(new ChangeParticipant(kind.Value, role.Value, agent?.Pid ?? (string.IsNullOrEmpty(id) ? null : id), field.Text("dialogId")));
    }

    private string? ReadDialog(BodyMembers field)
    {
        if (field.Object("dialog") is not { } dialog) return field.Fault ?? "dialog is missing";
        var id = dialog.Text("dialogId") ?? field.Text("dialogId");
        var metaData = dialog.RawObject("metaData");
        if (metaData?.Length > LongestText) return "metaData is longer than the limit";
        switch (field.Text("type") ?? "UPDATE")
        {
            case "CREATE":
                var channel = dialog.Text("channelType") ?? "MESSAGING";
                var type = WireNames.DialogTypeOf(dialog.Text("dialogType")) ?? DialogType.Other;
                return channel.Length > 64 ? "channelType is longer than 64 characters" : Add(new CreateDialog(id, type, channel, metaData));
            case "UPDATE":
                var state = dialog.Text("state");
                if (state is not (null or "OPEN" or "CLOSE")) return "dialog.state must be OPEN or CLOSE";
                if (metaData is not null || state != "CLOSE") Add(new UpdateDialog(id ?? conversationId, metaData));
                if (state == "CLOSE") Add(new CloseDialog(id ?? conversationId, dialog.Text("closedCause")));
                return null;
            default:
                return "type must be CREATE or UPDATE";
        }
    }

    private string? ReadSkill(BodyMembers field)
    {
        if (field.Text("skill") is not { Length: <= 64 } skill) return "skill is missing";
        if (skill is "" or "-1") return Add(new ChangeSkill(null));
        return services.Agents.KnowsSkill(principal.AccountId, skill) ? Add(new ChangeSkill(skill)) : "skill is not known";
    }

    private string? ReadTtr(BodyMembers field)
    {
        if (WireNames.TtrTypeOf(field.Text("ttrType")) is not { } type) return "ttrType must be URGENT, NORMAL, PRIORITIZED or CUSTOM";
        if (!field.Has("value")) return Add(new ChangeTtr(type, null));
        return field.Integer("value") is { } seconds and >= 0 and <= int.MaxValue ? Add(new ChangeTtr(type, (int)seconds)) : "value must be a number of seconds";
    }

    private string? ReadCsat(BodyMembers field)
    {
        var status = field.Text("status") ?? "FILLED";
        if (status is not ("FILLED" or "PARTIALLY_FILLED" or "SKIPPED")) return "status must be FILLED, PARTIALLY_FILLED or SKIPPED";
        var rate = field.Integer("csatRate");
        if (rate is null ? status == "FILLED" : rate is < 1 or > 5) return "csatRate must be 1 to 5";
        return Add(new RateConversation(new Csat((int?)rate, field.Truth("csatResolutionConfirmation"), status)));
    }

    // The name of the member is documented nowhere.
    private string? ReadManualEttr(BodyMembers field) =>
        (field.Integer("manualETTR") ?? field.Integer("value") ?? field.Integer("time")) is { } time and >= 0
            ? Add(new SetManualEttr(time))
            : "manualETTR must be a time in milliseconds";

    private string? ReadDelay(BodyMembers field)
    {
        var nested = field.Object("delay");
        var delay = nested ?? field;
        var type = (delay.Text("delayType") ?? nested?.Text("type")) ?? "";
        return delay.Integer("tillWhen") is { } till and >= 0 and <= EndOfTime && type.Length <= 64 ? Add(new SetDelay(new Delay(type, till))) : "tillWhen must be a time in milliseconds";
    }

    private string? ReadOpaque(JsonElement field, OpaqueField which, string member)
    {
        var value = field.Member(member) is { ValueKind: not JsonValueKind.Undefined } named ? named : field.Member("value");
        if (value.ValueKind == JsonValueKind.Undefined) return $"{member} is missing";
        if (which == OpaqueField.CampaignInfo && value.ValueKind != JsonValueKind.Object) return $"{member} must be an object";
        var text = which == OpaqueField.Note && value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        return text.Length <= LongestText ? Add(new SetField(which, text)) : $"{member} is longer than the limit";
    }

    // Its place among the changes; who the token names may have to be asked of others.
    private string? ReadStepUp(BodyMembers field)
    {
        if (field.Text("jwt") is not { } jwt) return "jwt is missing";
        if (!principal.IsAnonymous) return NoStepUp;
        if (StepUpToken is not null) return "A consumer steps up once";
        (StepUpToken, _stepUp) = (jwt, _changes.Count);
        return Add(new StepUp(""));
    }
}
