using System.Buffers;

namespace Parley.Server.Gateway;

/// <summary>
/// Keeps answers in the order of their requests: each request takes a slot, an answer leaves when all earlier slots have
/// left, and no notification overtakes an answer that was given before it. Called under the connection's lock.
/// </summary>
internal sealed class AnswerQueue(Outbound outbound)
{
    private Slot[] _slots = new Slot[1];
    private long _head;
    private long _tail;
    private long _lastHolding = -1;

    /// <summary>Requests without an answer that left.</summary>
    public int Open => (int)(_tail - _head);

    /// <summary>Bytes of answers and notifications that wait for an earlier answer.</summary>
    public int Held { get; private set; }

    /// <summary>Takes the next slot.</summary>
    /// <param name="holdsNotifications">Whether every notification waits for this slot's answer (a snapshot is being taken).</param>
    public long Take(bool holdsNotifications)
    {
        if (Open == _slots.Length) Grow();
        if (holdsNotifications) _lastHolding = _tail;
        return _tail++;
    }

    /// <summary>Gives a slot its answer: one or several whole frames, or nothing when the socket is about to close. Only the first answer counts.</summary>
    public void Complete(long number, ReadOnlySpan<byte> answer)
    {
        if (number < _head || At(number).IsAnswered) return;
        ref var slot = ref At(number);
        slot.IsAnswered = true;
        if (number != _head)
        {
            // An answer precedes the notifications that were held back for it.
            var later = slot.TakeHeld();
            Append(ref slot, answer);
            Append(ref slot, later);
            Held -= later.Length;
            _lastHolding = Math.Max(_lastHolding, number);
            return;
        }

        outbound.Write(answer);
        while (_head < _tail && At(_head).IsAnswered)
        {
            ref var leaving = ref At(_head);
            outbound.Write(leaving.Content);
            Held -= leaving.Content.Length;
            leaving.Release();
            _head++;
        }
    }

    /// <summary>Sends a notification, or keeps it behind the answers it must not overtake.</summary>
    public void Notify(ReadOnlySpan<byte> frame)
    {
        if (_lastHolding >= _head) Append(ref At(_lastHolding), frame);
        else outbound.Write(frame);
    }

    private ref Slot At(long number) => ref _slots[number & (_slots.Length - 1)];

    private void Append(ref Slot slot, ReadOnlySpan<byte> bytes)
    {
        slot.Append(bytes);
        Held += bytes.Length;
    }

    private void Grow()
    {
        var larger = new Slot[_slots.Length * 2];
        for (var number = _head; number < _tail; number++) larger[number & (larger.Length - 1)] = At(number);
        _slots = larger;
    }

    private struct Slot
    {
        private byte[]? _held;
        private int _length;

        public bool IsAnswered;

        public readonly ReadOnlySpan<byte> Content => _held.AsSpan(0, _length);

        public void Append(ReadOnlySpan<byte> bytes)
        {
            if (bytes.IsEmpty) return;
            if (_held is null || _held.Length < _length + bytes.Length)
            {
                var larger = ArrayPool<byte>.Shared.Rent(Math.Max(256, (_length + bytes.Length) * 2));
                Content.CopyTo(larger);
                if (_held is not null) ArrayPool<byte>.Shared.Return(_held);
                _held = larger;
            }

            bytes.CopyTo(_held.AsSpan(_length));
            _length += bytes.Length;
        }

        public byte[] TakeHeld()
        {
            var held = Content.ToArray();
            Release();
            IsAnswered = true;
            return held;
        }

        public void Release()
        {
            if (_held is not null) ArrayPool<byte>.Shared.Return(_held);
            this = default;
        }
    }
}
