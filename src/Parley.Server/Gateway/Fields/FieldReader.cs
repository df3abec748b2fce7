using System.Text.Json;
using Parley.Conversations;
using Parley.Conversations.Changes;
using Parley.Protocol.Requests;
using Parley.Server.Identity;

namespace Parley.Server.Gateway.Fields;

/// <summary>Makes the fields of an UpdateConversationField request (protocol 9.3) into changes that the heart knows.</summary>
internal sealed class FieldReader(GatewayServices services, Principal principal, string conversationId)
{
    private const int LongestText = 64 * 1024;

    private readonly List<FieldChange> _changes = [];

    /// <summary>The changes of the fields read so far.</summary>
    public IReadOnlyList<FieldChange> Changes => _changes;

    /// <summary>Reads one field.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    public string? Read(JsonElement field)
    {
        var name = field.Member("field").Text()!;
        return name switch
        {
            "ParticipantsChange" => ReadParticipant(field),
            "ConversationStateField" or "Stage" => field.Member("conversationState").Text() == "CLOSE" ? Add(new CloseEverything()) : "Only the state CLOSE can be set",
            "DialogChange" => ReadDialog(field),
            "Skill" => ReadSkill(field),
            "TTRField" => ReadTtr(field),
            "CSATRate" => ReadCsat(field),
            "ManualETTR" => ReadManualEttr(field),
            "DelayField" => ReadDelay(field),
            "Note" => ReadOpaque(field, OpaqueField.Note, "note"),
            "TopicField" => ReadOpaque(field, OpaqueField.Topic, "topic"),
            "CampaignInfo" => ReadOpaque(field, OpaqueField.CampaignInfo, "campaignInfo"),
            "MetaData" => ReadOpaque(field, OpaqueField.MetaData, "metaData"),
            "CSATSeen" => Add(new SetField(OpaqueField.CsatSeen, "true")),
            "StepUpAuthentication" => ReadStepUp(field),
            _ => $"conversationField {(name.Length > 40 ? name[..40] : name)} is not supported",
        };
    }

    /// <summary>Who the consumer has become by the step-up read, or null.</summary>
    public ConsumerIdentity? SteppedUp { get; private set; }

    private string? Add(FieldChange change)
    {
        _changes.Add(change);
        return null;
    }

    private string? ReadParticipant(JsonElement field)
    {
        ParticipantChange? kind = field.Member("type").Text() switch
        {
            "ADD" => ParticipantChange.Add,
            "REMOVE" => ParticipantChange.Remove,
            "UPDATE" => ParticipantChange.Update,
            "SUGGEST" => ParticipantChange.Suggest,
            _ => null,
        };
        Role? role = field.Member("role").Text() switch
        {
            "ASSIGNED_AGENT" => Role.AssignedAgent,
            "AGENT" => Role.Agent,
            "MANAGER" => Role.Manager,
            "READER" => Role.Reader,
            "CONSUMER" => Role.Consumer,
            "CONTROLLER" => Role.Controller,
            _ => null,
        };
        if (kind is null) return "type must be ADD, REMOVE, UPDATE or SUGGEST";
        if (role is null) return "role is missing or not known";

        // Who leaves may have been deleted meanwhile; who comes must be there.
        var id = field.Member("userId").Text();
        var agent = string.IsNullOrEmpty(id) ? null : services.Agents.Find(principal.AccountId, id);
        if (!string.IsNullOrEmpty(id) && kind != ParticipantChange.Remove && agent is not { Enabled: true }) return "userId is not an agent of this account";
        return Add(new ChangeParticipant(kind.Value, role.Value, agent?.Pid ?? (string.IsNullOrEmpty(id) ? null : id), field.Member("dialogId").Text()));
    }

    private string? ReadDialog(JsonElement field)
    {
        var dialog = field.Member("dialog");
        if (dialog.ValueKind != JsonValueKind.Object) return "dialog is missing";
        var id = dialog.Member("dialogId").Text() ?? field.Member("dialogId").Text();
        var metaData = dialog.Member("metaData").RawObject();
        if (metaData?.Length > LongestText) return "metaData is longer than the limit";
        switch (field.Member("type").Text() ?? "UPDATE")
        {
            case "CREATE":
                var channel = dialog.Member("channelType").Text() ?? "MESSAGING";
                return channel.Length > 64 ? "channelType is longer than 64 characters" : Add(new CreateDialog(id, TypeOf(dialog), channel, metaData));
            case "UPDATE":
                var state = dialog.Member("state").Text();
                if (state is not (null or "OPEN" or "CLOSE")) return "dialog.state must be OPEN or CLOSE";
                if (metaData is not null || state != "CLOSE") Add(new UpdateDialog(id ?? conversationId, metaData));
                if (state == "CLOSE") Add(new CloseDialog(id ?? conversationId, dialog.Member("closedCause").Text()));
                return null;
            default:
                return "type must be CREATE or UPDATE";
        }
    }

    private static DialogType TypeOf(JsonElement dialog) => dialog.Member("dialogType").Text() switch
    {
        "MAIN" => DialogType.Main,
        "POST_SURVEY" => DialogType.PostSurvey,
        "AGENTS" => DialogType.Agents,
        _ => DialogType.Other,
    };

    private string? ReadSkill(JsonElement field)
    {
        if (field.Member("skill").Text() is not { Length: <= 64 } skill) return "skill is missing";
        if (skill is "" or "-1") return Add(new ChangeSkill(null));
        return services.Agents.KnowsSkill(principal.AccountId, skill) ? Add(new ChangeSkill(skill)) : "skill is not known";
    }

    private string? ReadTtr(JsonElement field)
    {
        var settings = services.Settings(principal.AccountId);
        if (Openings.TtrType(field.Member("ttrType").Text()) is not { } type) return "ttrType must be URGENT, NORMAL, PRIORITIZED or CUSTOM";
        var value = field.Member("value");
        if (value.ValueKind == JsonValueKind.Undefined) return Add(new ChangeTtr(Openings.Ttr(type, settings)));
        return value.Integer() is { } seconds and >= 0 and <= int.MaxValue ? Add(new ChangeTtr(new Ttr(type, (int)seconds))) : "value must be a number of seconds";
    }

    private string? ReadCsat(JsonElement field)
    {
        var status = field.Member("status").Text() ?? "FILLED";
        if (status is not ("FILLED" or "PARTIALLY_FILLED" or "SKIPPED")) return "status must be FILLED, PARTIALLY_FILLED or SKIPPED";
        var rate = field.Member("csatRate").Integer();
        if (rate is null ? status == "FILLED" : rate is < 1 or > 5) return "csatRate must be 1 to 5";
        bool? confirmed = field.Member("csatResolutionConfirmation").ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null };
        return Add(new RateConversation(new Csat((int?)rate, confirmed, status)));
    }

    // The name of the member is documented nowhere.
    private string? ReadManualEttr(JsonElement field) =>
        (field.Member("manualETTR").Integer() ?? field.Member("value").Integer() ?? field.Member("time").Integer()) is { } time and >= 0
            ? Add(new SetManualEttr(time))
            : "manualETTR must be a time in milliseconds";

    private string? ReadDelay(JsonElement field)
    {
        var delay = field.Member("delay") is { ValueKind: JsonValueKind.Object } nested ? nested : field;
        var type = (delay.Member("delayType").Text() ?? (delay.Equals(field) ? null : delay.Member("type").Text())) ?? "";
        return delay.Member("tillWhen").Integer() is { } till and >= 0 && type.Length <= 64 ? Add(new SetDelay(new Delay(type, till))) : "tillWhen must be a time in milliseconds";
    }

    private string? ReadOpaque(JsonElement field, OpaqueField which, string member)
    {
        var value = field.Member(member) is { ValueKind: not JsonValueKind.Undefined } named ? named : field.Member("value");
        if (value.ValueKind == JsonValueKind.Undefined) return $"{member} is missing";
        if (which == OpaqueField.CampaignInfo && value.ValueKind != JsonValueKind.Object) return $"{member} must be an object";
        var text = which == OpaqueField.Note && value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        return text.Length <= LongestText ? Add(new SetField(which, text)) : $"{member} is longer than the limit";
    }

    private string? ReadStepUp(JsonElement field)
    {
        if (field.Member("jwt").Text() is not { } jwt) return "jwt is missing";
        if (!principal.IsAnonymous || services.Tokens.Validate(principal.AccountId, jwt) is not { Consumer: { IsAnonymous: false } consumer })
            return "Only an anonymous consumer steps up, with a valid token of a consumer who has signed in";
        SteppedUp = consumer;
        return Add(new StepUp(consumer.ConsumerId));
    }
}
