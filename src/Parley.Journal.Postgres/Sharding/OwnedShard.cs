namespace Parley.Journal.Postgres.Sharding;

/// <summary>
/// A shard while this node owns it; one that is lost and taken over again is another object. Written under
/// <see cref="ShardOwnership.Gate"/>, read anywhere.
/// </summary>
internal sealed class OwnedShard(int number, ShardPosition position)
{
    private long _epoch = position.Epoch, _offset = position.Offset;
    private bool _isOver;

    public int Number => number;

    /// <summary>The epoch under which this node writes.</summary>
    public long Epoch
    {
        get => Volatile.Read(ref _epoch);
        set => Volatile.Write(ref _epoch, value);
    }

    /// <summary>The last committed block.</summary>
    public long Offset
    {
        get => Volatile.Read(ref _offset);
        set => Volatile.Write(ref _offset, value);
    }

    /// <summary>Whether it was given back or lost: for good, as far as this object is concerned.</summary>
    public bool IsOver
    {
        get => Volatile.Read(ref _isOver);
        set => Volatile.Write(ref _isOver, value);
    }

    public bool Holds(string conversationId) => Shards.Of(conversationId) == number;
}
