using Parley.Bench.Load;

namespace Parley.Bench.Workloads.Day;

/// <summary>An agent: takes whatever rings, reads, types, answers.</summary>
internal sealed class DayAgent(LeanSocket socket, DayMeter meter, Clockwork clock, DaySettings settings) : DaySocket(socket, meter)
{
    private const string Family = ".ams.ms";

    private readonly HashSet<long> _seen = [];

    public void Begin()
    {
        Send("""{"kind":"req","id":"t","type":".ams.routing.SubscribeRoutingTasks","body":{"channelType":"MESSAGING"}}""");
        Send("""{"kind":"req","id":"s","type":".ams.routing.SetAgentState","body":{"availability":"ONLINE","channels":["MESSAGING"]}}""");
    }

    protected override void Take(in ReceivedFrame frame, ReadOnlySpan<byte> text)
    {
        if (frame.Kind == ReceivedKind.Delivery)
        {
            if (!IsNew(frame.Number)) return;
            Meter.Delivered(frame.Number);
            Answer(Text(text, "\"dialogId\":\""u8)!, frame.Sequence);
        }
        else if (frame.Kind == ReceivedKind.Answer && text.IndexOf("QueryMessages$Response"u8) is >= 0 and < 80)
        {
            TakeEarlier(text);
        }
        else if (text.IndexOf("RoutingTaskNotification"u8) is >= 0 and < 80 && text.IndexOf("\"ringState\":\"ACCEPTED\""u8) >= 0)
        {
            // What was written before he came he has to ask for.
            Send($$$$"""{"kind":"req","id":"q","type":".ams.ms.QueryMessages","body":{"dialogId":"{{{{Text(text, "\"convId\":\""u8)}}}}","newerThanSequence":-1}}""");
        }
        else if (text.IndexOf("RoutingTaskNotification"u8) is >= 0 and < 80 && text.IndexOf("\"ringState\":\"WAITING\""u8) >= 0)
        {
            var ring = Text(text, "\"ringId\":\""u8);
            clock.Within(settings.AcceptSeconds * 2, () => Send($$$$"""{"kind":"req","id":"a","type":".ams.routing.UpdateRingState","body":{"ringId":"{{{{ring}}}}","ringState":"ACCEPTED"}}"""));
        }
    }

    // Of several messages that he finds, he answers the last.
    private void TakeEarlier(ReadOnlySpan<byte> text)
    {
        string? newest = null;
        var rest = text;
        for (int at; (at = rest.IndexOf("\"message\":\""u8)) >= 0; rest = rest[(at + 1)..])
        {
            if (!IsNew(ReceivedFrame.After(rest[at..], "\"message\":\""u8))) continue;
            Meter.Found();
            newest = Text(rest[at..], "\"dialogId\":\""u8) ?? Text(text, "\"dialogId\":\""u8);
        }

        if (newest is not null) Answer(newest, ReceivedFrame.After(text, "\"sequence\":"u8, last: true));
    }

    // What came live may come again with what was asked for.
    private bool IsNew(long number) => number >= 0 && !DayMeter.IsAgents(number) && _seen.Add(number);

    private void Answer(string dialogId, long sequence) => clock.After(settings.ReadSeconds, () =>
    {
        Read(Family, dialogId, sequence);
        clock.After(settings.AnswerSeconds, () =>
        {
            Compose(Family, dialogId);
            clock.After(settings.TypeSeconds, () => Say(Family, dialogId, isAgent: true));
        });
    });
}
