using Orleans.Runtime;

namespace Parley.Cluster.Between;

/// <summary>Who listens to what other nodes say. Called for one item of a node at a time, in the order of its stream; must not block and must not throw.</summary>
internal interface INodeHearing
{
    /// <summary>What a node is told first in every stream; null for nothing. Called under a lock that whoever says anything takes: it must say nothing.</summary>
    byte[]? Greeting();

    /// <summary>A stream to a node has begun.</summary>
    void Began(SiloAddress receiver);

    /// <summary>A node said something.</summary>
    void Hear(SiloAddress sender, ReadOnlySpan<byte> item);

    /// <summary>A node begins to speak, or begins anew: what it said before may lack something.</summary>
    /// <param name="sender">Which.</param>
    /// <param name="isAnother">Whether it had spoken before.</param>
    void Restarted(SiloAddress sender, bool isAnother);

    /// <summary>Nothing that was said to a node since this call's cause will reach it; what is said from now on goes into a new stream.</summary>
    void Broke(SiloAddress receiver);
}
