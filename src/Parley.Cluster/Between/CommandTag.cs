namespace Parley.Cluster.Between;

/// <summary>What a forwarded command is. Part of what nodes of two versions say to each other: a number is never given to another command.</summary>
internal enum CommandTag : byte
{
    Publish = 1,
    Change = 2,
    Open = 3,
    AnswerRing = 4,
    OfferRing = 5,
    EndRing = 6,
    ReturnToQueue = 7,
    TellWaiting = 8,
}
