using Parley.Conversations;
using Parley.Protocol;
using Parley.Protocol.Dialects;
using Parley.Protocol.Envelope;
using Parley.Protocol.Records;
using Parley.Server.Gateway;
using Parley.Server.Ownership;

namespace Parley.Server.Lists;

/// <summary>
/// A conversation's record encoded once per shape and audience, on demand. Audiences are agents, consumers, and consumers
/// whose client does not show rich content.
/// </summary>
internal sealed class RecordFrames(UserNames names, Conversation conversation)
{
    private readonly byte[]?[] _encoded = new byte[]?[9];

    public Conversation Conversation => conversation;

    /// <summary>The record as a change's <c>result</c>.</summary>
    public byte[] In(Dialect dialect, bool isConsumer, bool hidesRichContent)
    {
        var withoutLast = isConsumer && hidesRichContent && conversation.Main.LastPublicContent?.Kind == MessageKind.RichContent;
        ref var encoded = ref _encoded[(int)dialect * 3 + (withoutLast ? 2 : isConsumer ? 1 : 0)];
        if (encoded is not null) return encoded;
        var record = Record(dialect, isConsumer, withoutLast);
        var writer = new PayloadWriter();
        ConversationLists.WriteRecord(writer, dialect, record);
        return encoded = writer.Payload.ToArray();
    }

    private ConversationRecord Record(Dialect dialect, bool isConsumer, bool withoutLast)
    {
        var c = conversation;
        return new ConversationRecord
        {
            ConversationId = c.Id,
            BrandId = c.AccountId,
            SkillId = c.SkillId ?? "-1",
            State = WireNames.Of(c.Main.State),
            Stage = WireNames.Of(c.Stage),
            CloseReason = (c.CloseReason ?? c.Main.ClosedBy) is { } reason ? WireNames.Of(reason) : null,
            StartTs = c.Origin.Timestamp,
            EndTs = c.EndTs,
            MetaDataLastUpdateTs = c.MetaDataLastUpdateTs,
            LastUpdateTime = c.LastTimestamp,
            EffectiveTtr = c.EffectiveTtr,
            FirstConversation = c.Origin.FirstConversation,
            TtrType = WireNames.Of(c.Ttr.Type),
            TtrSeconds = c.Ttr.Seconds,
            Context = c.Origin.Context,
            ClientProperties = c.Origin.ClientProperties,
            CampaignInfo = c.CampaignInfo ?? c.Origin.CampaignInfo,
            ManualEttr = c.ManualEttr,
            Delay = c.Delay is { } delay ? (delay.Type, delay.TillWhen) : null,
            Csat = c.Csat is { } csat ? new CsatRecord(csat.Rate, csat.ResolutionConfirmation, csat.Status) : null,
            Note = isConsumer ? null : c.Note,
            Topic = isConsumer ? null : c.Topic,
            Dialogs = [.. c.Dialogs.Where(d => !isConsumer || d.Type != DialogType.Agents).Select(Dialog)],
            Unread = isConsumer ? [] : [.. c.Main.Participants.Where(p => p.Role != Role.Controller).Select(p => (Name(p), c.Main.Unread(p)))],
            LastContentEvent = withoutLast ? null : LastContent(dialect, isConsumer),
        };
    }

    private DialogRecord Dialog(Dialog d) => new()
    {
        DialogId = d.Id,
        DialogType = WireNames.Of(d.Type),
        ChannelType = d.ChannelType,
        State = WireNames.Of(d.State),
        CreationTs = d.CreationTs,
        EndTs = d.EndTs,
        MetaDataLastUpdateTs = d.MetaDataLastUpdateTs,
        ClosedBy = d.ClosedBy is { } by ? WireNames.Of(by) : null,
        ClosedCause = d.ClosedCause,
        MetaData = d.MetaData,
        Participants = [.. d.Participants.Select(p => new ParticipantRecord(Name(p), WireNames.Of(p.Role), p.State == ParticipantState.Suggested))],
    };

    private UserName Name(Participant p) => names.Of(conversation.AccountId, p.UserId, p.Role);

    private byte[]? LastContent(Dialect dialect, bool isConsumer)
    {
        var last = isConsumer ? conversation.Main.LastPublicContent : conversation.Main.LastContent;
        return last is null ? null
            : MessageEvents.WriteChange(Scratch.Part, dialect, MessageFrames.Record(names, conversation, last)).Payload.ToArray();
    }
}
