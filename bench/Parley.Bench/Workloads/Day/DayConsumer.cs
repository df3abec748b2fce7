using Parley.Bench.Load;

namespace Parley.Bench.Workloads.Day;

/// <summary>A consumer: asks, waits for the answer, reads it, asks again; after some questions he is satisfied, and later he comes back.</summary>
internal sealed class DayConsumer(LeanSocket socket, DayMeter meter, Clockwork clock, DaySettings settings) : DaySocket(socket, meter)
{
    private const string Family = "ms";

    private string? _dialogId;
    private long _lastSequence;
    private int _left;

    public void Begin()
    {
        (_dialogId, _lastSequence, _left) = (null, -1, settings.MessagesEach);
        Meter.Opened++;
        Send("""{"kind":"req","id":"o","type":"cm.ConsumerRequestConversation","body":{}}""");
    }

    protected override void Take(in ReceivedFrame frame, ReadOnlySpan<byte> text)
    {
        if (frame.Kind == ReceivedKind.Answer && _dialogId is null && Text(text, "\"conversationId\":\""u8) is { } id)
        {
            _dialogId = id;
            Send($$$$"""{"kind":"req","id":"f","type":"ms.SubscribeMessagingEvents","body":{"dialogId":"{{{{id}}}}","fromSeq":0}}""");
            Ask();
        }
        else if (frame.Kind == ReceivedKind.Delivery)
        {
            if (frame.Sequence <= _lastSequence) Meter.OutOfOrder++;
            _lastSequence = frame.Sequence;
            if (!DayMeter.IsAgents(frame.Number)) return;
            Meter.Delivered(frame.Number);
            var (dialogId, sequence) = (_dialogId!, frame.Sequence);
            clock.After(settings.ReadSeconds, () =>
            {
                Read(Family, dialogId, sequence);
                if (_left > 0) clock.After(settings.ThinkSeconds, Ask);
                else Close();
            });
        }
    }

    private void Ask()
    {
        Compose(Family, _dialogId!);
        clock.After(settings.TypeSeconds, () =>
        {
            _left--;
            Say(Family, _dialogId!, isAgent: false);
        });
    }

    private void Close()
    {
        Meter.Closed++;
        Send($$$$"""{"kind":"req","id":"x","type":"cm.UpdateConversationField","body":{"conversationId":"{{{{_dialogId}}}}","conversationField":{"field":"ConversationStateField","conversationState":"CLOSE"}}}""");
        clock.After(settings.ThinkSeconds, Begin);
    }
}
