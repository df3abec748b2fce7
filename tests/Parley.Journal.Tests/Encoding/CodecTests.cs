using CsCheck;
using Parley.Conversations;
using Parley.Conversations.Events;
using Parley.Journal.Encoding;
using Parley.Journal.Tests.Support;

namespace Parley.Journal.Tests.Encoding;

public sealed class CodecTests
{
    private static readonly Gen<string> Text = Gen.Char.Where(c => !char.IsSurrogate(c)).Array[0, 40].Select(chars => new string(chars));
    private static readonly Gen<string?> Maybe = Gen.Select(Gen.Bool, Text, (isNull, text) => isNull ? null : text);
    private static readonly Gen<long> Time = Gen.Long[0, long.MaxValue];

    private static readonly Gen<MessagePublished> Message =
        Gen.Select(Gen.Select(Time, Time, Gen.Long[0, long.MaxValue - 1], Gen.Long[-1, long.MaxValue - 1]), Gen.Select(Text, Text, Maybe),
            Gen.Select(Gen.Enum<Role>(), Gen.Enum<Audience>(), Gen.Enum<MessageKind>()), Gen.Byte.Array[0, 300], Gen.Byte.Array[0, 30], Gen.Bool,
            (numbers, texts, kinds, body, metadata, hasMetadata) => new MessagePublished
            {
                Version = numbers.Item1,
                Timestamp = numbers.Item2,
                Sequence = numbers.Item3,
                ReadThrough = numbers.Item4,
                DialogId = texts.Item1,
                OriginatorId = texts.Item2,
                EventId = texts.Item3,
                OriginatorRole = kinds.Item1,
                Audience = kinds.Item2,
                Kind = kinds.Item3,
                Body = body,
                Metadata = hasMetadata ? metadata : null,
                EncodedMetadata = hasMetadata && metadata.Length % 2 == 0 ? metadata : null,
            });

    private static readonly Gen<ConversationEvent> Event = Gen.OneOf(
        Message.Select(m => (ConversationEvent)m),
        Gen.Select(Text, Text, Text, Maybe, Maybe, Gen.ULong, Gen.Bool, (id, account, consumer, skill, raw, hash, first) => (ConversationEvent)new ConversationOpened
        {
            ConversationId = id, AccountId = account, ConsumerId = consumer, SkillId = skill, Context = raw, ClientProperties = raw, CampaignInfo = raw,
            Metadata = raw, BodyHash = hash, FirstConversation = first, MultiDialog = !first, AutoMessages = hash % 2 == 0, ChannelType = account, Ttr = new Ttr(TtrType.Custom, (int)(hash % 1000)), Version = 1, Timestamp = 7,
        }),
        Gen.Select(Text, Text, Gen.Enum<Role>(), Gen.Enum<ParticipantState>(), (d, u, r, s) => (ConversationEvent)new ParticipantJoined(d, u, r, s) { Version = 3, Timestamp = 4 }),
        Gen.Select(Text, Text, (d, u) => (ConversationEvent)new ParticipantLeft(d, u) { Version = 5 }),
        Gen.Select(Text, Gen.Enum<CloseReason>(), Maybe, (d, r, c) => (ConversationEvent)new DialogClosed(d, r, c)),
        Gen.Enum<CloseReason>().Select(r => (ConversationEvent)new ConversationClosed(r)),
        Gen.Select(Text, Text, Time, (r, a, t) => (ConversationEvent)new RingOffered(r, a, t)),
        Gen.Select(Text, Text, Gen.Enum<RingState>(), (r, a, s) => (ConversationEvent)new RingResolved(r, a, s)),
        Gen.Select(Text, Text, Gen.ULong, (e, u, h) => (ConversationEvent)new ChangeApplied(e, u, h)),
        Gen.Select(Text, Text, (d, m) => (ConversationEvent)new DialogUpdated(d, m)),
        Maybe.Select(s => (ConversationEvent)new SkillChanged(s)),
        Gen.Select(Gen.Enum<TtrType>(), Gen.Int, (t, s) => (ConversationEvent)new TtrChanged(new Ttr(t, s))),
        Time.Select(t => (ConversationEvent)new ManualEttrSet(t)),
        Gen.Select(Text, Time, (d, t) => (ConversationEvent)new DelaySet(new Delay(d, t))),
        Gen.Select(Gen.Int[1, 5], Gen.Bool, Text, (rate, settled, status) => (ConversationEvent)new ConversationRated(new Csat(rate == 5 ? null : rate, settled ? true : null, status))),
        Gen.Select(Gen.Enum<OpaqueField>(), Text, (f, v) => (ConversationEvent)new FieldSet(f, v)),
        Text.Select(m => (ConversationEvent)new MetadataGiven(m)),
        Gen.Enum<AutoMessageKind>().Select(k => (ConversationEvent)new AutoMessageSent(k)),
        Gen.Select(Text, Text, (f, c) => (ConversationEvent)new ConsumerChanged(f, c)));

    [Fact]
    public void A_dialog_reads_back_with_its_participants() =>
        Gen.Select(Text, Gen.Enum<DialogType>(), Maybe, Gen.Select(Text, Gen.Enum<Role>(), (u, r) => new Participant(u, r, ParticipantState.Active, -1)).Array[0, 3]).Sample(d =>
        {
            var opened = new DialogOpened(d.Item1, d.Item2, "MESSAGING", d.Item3, d.Item4) { Version = 9, Timestamp = 10 };
            Facts.Same([opened], [RoundTrip(opened)]);
        });

    [Fact]
    public void A_message_reads_back_as_it_was() => Message.Sample(m =>
    {
        var read = (MessagePublished)RoundTrip(m);
        Assert.Equal(m.Body, read.Body);
        Assert.Equal(m.Metadata, read.Metadata);
        Assert.Equal(m.EncodedMetadata, read.EncodedMetadata);
        Assert.Equal(m with { Metadata = null, EncodedMetadata = null }, read with { Body = m.Body, Metadata = null, EncodedMetadata = null });
    });

    [Fact]
    public void A_row_reads_back_with_or_without_encoded_metadata() => Message.Sample(m =>
    {
        var row = new ByteWriter();
        MessageCodec.Write(row, m);
        var read = MessageCodec.Read(row.Written);

        Assert.Equal((m.Sequence, m.EventId), (read.Sequence, read.EventId));
        Assert.Equal(m.EncodedMetadata, read.EncodedMetadata);
    });

    [Fact]
    public void A_message_without_encoded_metadata_keeps_the_form_it_always_had()
    {
        var message = new MessagePublished { DialogId = "d", OriginatorId = "o", Body = [1] };
        var (plain, encoded) = (new ByteWriter(), new ByteWriter());
        EventCodec.Write(plain, message);
        EventCodec.Write(encoded, message with { EncodedMetadata = [2] });

        Assert.Equal(1, plain.Written[0]);
        Assert.NotEqual(1, encoded.Written[0]);
        Assert.True(plain.Written[1..].SequenceEqual(encoded.Written[1..plain.Length]));
    }

    [Fact]
    public void Every_other_event_reads_back_as_it_was() => Event.Where(e => e is not MessagePublished).Sample(e => Assert.Equal(e, RoundTrip(e)));

    [Fact]
    public void A_group_reads_back_as_it_was() => Gen.Select(Text.Where(t => t.Length > 0), Event.Array[1, 5]).List[1, 10].Sample(entries =>
    {
        var states = entries.Select(e => new Conversation { Origin = new ConversationOpened { ConversationId = e.Item1, AccountId = "a", ConsumerId = "c" } });
        var group = entries.Zip(states, (e, state) => (JournalEntry)new TestEntry(null, state, e.Item2)).ToList();
        var block = GroupCodec.Encode(new ByteWriter(), 42, group).ToArray();
        var read = new List<(string Id, ConversationEvent[] Events)>();
        GroupCodec.Decode("journal.db", 42, block, (id, events) => read.Add((id, events)));

        Assert.Equal(entries.Select(e => e.Item1), read.Select(e => e.Id));
        Facts.Same(entries.SelectMany(e => e.Item2), read.SelectMany(e => e.Events));
    });

    [Fact]
    public void Any_changed_byte_of_a_group_is_noticed()
    {
        var opened = new ConversationOpened { ConversationId = "c1", AccountId = "a", ConsumerId = "c", Version = 1 };
        var block = GroupCodec.Encode(new ByteWriter(), 42, [new TestEntry(null, Evolution.Apply(null, opened), opened)]).ToArray();
        for (var i = 0; i < block.Length; i++)
        {
            var damaged = block.ToArray();
            damaged[i] ^= 0x10;
            Assert.Throws<JournalCorruptException>(() => GroupCodec.Decode("journal.db", 42, damaged, (_, _) => { }));
        }
    }

    /// <summary>A state that was stored goes on exactly like one that never was, however long its past.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(199)]
    [InlineData(399)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(650)]
    public void A_stored_state_evolves_like_one_that_was_kept(int messages)
    {
        var random = new Random(messages);
        var kept = Evolution.Apply(null, new ConversationOpened { ConversationId = "c1", AccountId = "a", ConsumerId = "consumer", Version = 1, Timestamp = 1 });
        kept = Evolution.Apply(kept, new ParticipantJoined("c1", "agent", Role.AssignedAgent, ParticipantState.Active) { Version = 2, Timestamp = 2 });
        for (var i = 0; i < messages; i++) kept = Next(kept, random);

        var stored = RoundTrip(kept);
        for (var i = 0; i < 450; i++)
        {
            Facts.Same(kept, stored);
            Assert.Equal(kept.Main.Participants.Select(kept.Main.Unread), stored.Main.Participants.Select(stored.Main.Unread));
            var seed = random.Next();
            kept = Next(kept, new Random(seed));
            stored = Next(stored, new Random(seed));
        }
    }

    [Fact]
    public void A_stored_state_remembers_what_the_server_said_and_one_from_before_that_can_be_read()
    {
        var opened = new ConversationOpened { ConversationId = "c1", AccountId = "a", ConsumerId = "consumer", AutoMessages = true, Version = 1, Timestamp = 1 };
        var silent = Evolution.Apply(null, opened);
        var told = Evolution.Apply(silent, new AutoMessageSent(AutoMessageKind.OffHours) { Version = 2, Timestamp = 5 });
        told = Evolution.Apply(told, new AutoMessageSent(AutoMessageKind.Waiting) { Version = 3, Timestamp = 7 });
        var old = System.Text.Json.JsonSerializer.SerializeToNode(silent, JournalJson.Default.Conversation)!.AsObject();
        Assert.True(old["Origin"]!.AsObject().Remove(nameof(ConversationOpened.AutoMessages)));

        Assert.Equal((5L, 7L, true), (RoundTrip(told).OffHoursToldTs, RoundTrip(told).WaitingToldTs, RoundTrip(told).Origin.AutoMessages));
        var read = System.Text.Json.JsonSerializer.Deserialize(old.ToJsonString(), JournalJson.Default.Conversation)!;
        Assert.Equal((null, null, false), (read.OffHoursToldTs, read.WaitingToldTs, read.Origin.AutoMessages));
    }

    private static ConversationEvent RoundTrip(ConversationEvent e)
    {
        var packed = new ByteWriter();
        EventCodec.Write(packed, e);
        var reader = new ByteReader(packed.Written);
        var read = EventCodec.Read(ref reader);
        Assert.True(reader.AtEnd);
        return read;
    }

    private static Conversation RoundTrip(Conversation state) => System.Text.Json.JsonSerializer.Deserialize(
        System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(state, JournalJson.Default.Conversation), JournalJson.Default.Conversation)!;

    private static Conversation Next(Conversation state, Random random) => Evolution.Apply(state, new MessagePublished
    {
        Version = state.Version + 1,
        Timestamp = state.LastTimestamp + 1,
        DialogId = "c1",
        Sequence = state.Main.NextSequence,
        OriginatorId = random.Next(2) == 0 ? "agent" : "consumer",
        OriginatorRole = random.Next(2) == 0 ? Role.AssignedAgent : Role.Consumer,
        Audience = random.Next(5) == 0 ? Audience.AgentsAndManagers : Audience.All,
        Kind = (MessageKind)random.Next(3),
        Body = [1, 2, 3],
        ReadThrough = random.Next(4) == 0 ? random.Next((int)state.Main.NextSequence + 1) - 1 : -1,
    });
}
