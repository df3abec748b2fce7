using System.Text.Json;
using CsCheck;
using Parley.Cluster.Between;
using Parley.Conversations;
using Parley.Conversations.Changes;
using Parley.Conversations.Commands;
using Parley.Conversations.Events;
using Parley.Conversations.Routing;
using Parley.Journal.Encoding;

namespace Parley.Cluster.Tests.Between;

public sealed class CodecTests
{
    private static readonly Gen<string> Text = Gen.Char.Where(c => !char.IsSurrogate(c)).Array[0, 40].Select(chars => new string(chars));
    private static readonly Gen<string?> Maybe = Gen.Select(Gen.Bool, Text, (isNull, text) => isNull ? null : text);
    private static readonly Gen<byte[]> Bytes = Gen.Byte.Array[0, 200];
    private static readonly Gen<byte[]?> MaybeBytes = Gen.Select(Gen.Bool, Bytes, (isNull, bytes) => isNull ? null : bytes);
    private static readonly Gen<long> Time = Gen.Long[0, long.MaxValue];
    private static readonly Gen<Actor> Actors = Gen.Select(Text, Gen.Enum<ActorKind>(), Gen.Bool, (id, kind, isManager) => new Actor(id, kind, isManager));

    private static readonly Gen<FieldChange> Changes = Gen.OneOf(
        Gen.Select(Gen.Enum<ParticipantChange>(), Gen.Enum<Role>(), Maybe, Maybe, (kind, role, user, dialog) => (FieldChange)new ChangeParticipant(kind, role, user, dialog)),
        Maybe.Select(skill => (FieldChange)new ChangeSkill(skill)),
        Gen.Select(Gen.Enum<TtrType>(), Gen.Int[-1, 9], (type, seconds) => (FieldChange)new ChangeTtr(type, seconds < 0 ? null : seconds)),
        Gen.Select(Text, Maybe, (dialog, cause) => (FieldChange)new CloseDialog(dialog, cause)),
        Maybe.Select(cause => (FieldChange)new CloseEverything(cause)),
        Gen.Select(Maybe, Gen.Enum<DialogType>(), Text, Maybe, (id, type, channel, data) => (FieldChange)new CreateDialog(id, type, channel, data)),
        Gen.Select(Gen.Int[0, 5], Gen.Bool, Text, (rate, settled, status) => (FieldChange)new RateConversation(new Csat(rate == 0 ? null : rate, settled ? true : null, status))),
        Gen.Select(Text, Time, (type, until) => (FieldChange)new SetDelay(new Delay(type, until))),
        Gen.Select(Gen.Enum<OpaqueField>(), Text, (field, value) => (FieldChange)new SetField(field, value)),
        Time.Select(at => (FieldChange)new SetManualEttr(at)),
        Text.Select(id => (FieldChange)new StepUp(id)),
        Gen.Select(Text, Maybe, (id, data) => (FieldChange)new UpdateDialog(id, data)));

    private static readonly Gen<SurveyRules> Surveys = Gen.Select(Text, Maybe, Gen.Bool, (bot, data, hasDefault) =>
        new SurveyRules(new Dictionary<string, Survey> { [bot] = new(bot, data) }, hasDefault ? new Survey(bot, data) : null));

    private static readonly Gen<ConversationCommand> Commands = Gen.OneOf(
        Gen.Select(Actors, Gen.Select(Text, Maybe, Bytes, MaybeBytes, MaybeBytes), Gen.Enum<MessageKind>(), Gen.Enum<Audience>(), Time.Array[0, 5], Gen.Bool,
            (actor, x, kind, audience, receipts, isRead) => (ConversationCommand)new PublishMessage(actor, x.Item1, kind, audience, x.Item3)
            {
                EventId = x.Item2, Metadata = x.Item4, EncodedMetadata = x.Item5, Receipts = receipts, IsRead = isRead,
            }),
        Gen.Select(Actors, Changes.Array[1, 4], Maybe, Gen.ULong, Gen.Select(Maybe, Gen.Enum<CloseReason>()), Surveys, Gen.Long[-1, 50],
            (actor, changes, eventId, hash, x, surveys, onlyAt) => (ConversationCommand)new ChangeConversation(actor, changes)
            {
                EventId = eventId, BodyHash = hash, Metadata = x.Item1, SystemReason = x.Item2, Surveys = surveys, OnlyAt = onlyAt < 0 ? null : onlyAt,
            }),
        Gen.Select(Text, Text, Maybe, Gen.ULong, Gen.Bool, (id, account, raw, hash, flag) => (ConversationCommand)new OpenConversation(
            new ConversationOpened
            {
                ConversationId = id, AccountId = account, ConsumerId = id, SkillId = raw, Context = raw, BodyHash = hash, FirstConversation = flag, MultiDialog = !flag,
                AutoMessages = flag, CampaignInfo = raw, Metadata = raw, ClientProperties = raw, Ttr = new Ttr(TtrType.Urgent, 7), ChannelType = account,
            }, raw)),
        Gen.Select(Actors, Text, Gen.Bool, (actor, ring, accept) => (ConversationCommand)new AnswerRing(actor, ring, accept)),
        Gen.Select(Text, Text, Time, Gen.Bool, Maybe, (ring, agent, time, auto, maybe) => (ConversationCommand)new OfferRing(ring, agent, time)
        {
            AutoAccept = auto, Why = maybe, Need = auto ? new RoutingNeed(time, maybe, maybe is null ? null : time) : null,
        }),
        Gen.Select(Maybe, Gen.Enum<RingState>(), (ring, state) => (ConversationCommand)new EndRing(ring, state)),
        Text.Select(agent => (ConversationCommand)new ReturnToQueue(agent)),
        Gen.Select(Bytes, Bytes, Time, (body, metadata, since) => (ConversationCommand)new TellWaiting(new AutoMessage(body, metadata), since)));

    private static readonly Gen<Outcome> Outcomes = Gen.OneOf(
        Gen.Select(Gen.Enum<RefusalKind>(), Text, (kind, details) => new Outcome(OutcomeKind.Refused, new Refusal(kind, details))),
        Gen.Enum<OutcomeKind>().Where(kind => kind != OutcomeKind.Refused).Select(kind => new Outcome(kind)),
        Gen.Select(Text, Time, (id, sequence) => new Outcome(OutcomeKind.Done, Message: new MessagePublished { DialogId = id, OriginatorId = id, Sequence = sequence, Body = [1] })));

    [Fact]
    public void Every_command_arrives_as_it_was_sent() => Commands.Sample(command =>
    {
        var writer = new ByteWriter();
        CommandCodec.Write(writer, command);
        var reader = new ByteReader(writer.Written);

        var read = CommandCodec.Read(ref reader);

        return reader.AtEnd && Shape(read) == Shape(command);
    });

    /// <summary>A command of a new kind that nobody thought of here would fail on its way, in production.</summary>
    [Fact]
    public void Every_kind_of_command_and_of_change_has_a_form()
    {
        var sent = Commands.Array[2_000].Single();

        Assert.Equal(Kinds<ConversationCommand>(), [.. sent.Select(command => command.GetType().Name).Distinct().Order()]);
        Assert.Equal(Kinds<FieldChange>(), [.. sent.OfType<ChangeConversation>().SelectMany(change => change.Changes).Select(change => change.GetType().Name).Distinct().Order()]);

        static IEnumerable<string> Kinds<T>() => typeof(T).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(T))).Select(type => type.Name).Order();
    }

    [Fact]
    public void Every_outcome_arrives_with_the_number_of_the_message_and_without_its_body() => Outcomes.Sample(outcome =>
    {
        var writer = new ByteWriter();
        OutcomeCodec.Write(writer, outcome);
        var reader = new ByteReader(writer.Written);

        var read = OutcomeCodec.Read(ref reader);

        return reader.AtEnd && read.Kind == outcome.Kind && read.Refusal == outcome.Refusal && read.Message?.Sequence == outcome.Message?.Sequence && read.Message?.Body.Length is null or 0;
    });

    [Fact]
    public void Damaged_bytes_are_told_from_commands_by_a_format_error() => Gen.Select(Commands, Gen.Int[0, int.MaxValue], Gen.Byte, (command, at, value) => (command, at, value)).Sample(x =>
    {
        var writer = new ByteWriter();
        CommandCodec.Write(writer, x.command);
        var bytes = writer.Written.ToArray();
        bytes[x.at % bytes.Length] = x.value;
        try
        {
            var reader = new ByteReader(bytes);
            CommandCodec.Read(ref reader);
        }
        catch (FormatException)
        {
        }
    });

    private static string Shape(ConversationCommand command) => JsonSerializer.Serialize<object>(command is ChangeConversation change
        ? new { change.Actor, change.EventId, change.BodyHash, change.Metadata, change.Surveys, change.OnlyAt, change.SystemReason, Changes = change.Changes.Select(one => (one.GetType().Name, Json: JsonSerializer.Serialize<object>(one))).Select(one => one.Name + one.Json) }
        : command) + command.GetType().Name;
}
