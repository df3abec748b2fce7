namespace Parley.Cluster.Tests.Faults.Histories;

/// <summary>An event that a subscriber was sent. He resumes after the last one, so that his deliveries make one row however often he connected.</summary>
/// <param name="Subscriber">Who.</param>
/// <param name="Event">What.</param>
/// <param name="Node">By which node.</param>
/// <param name="At">When; a timestamp.</param>
internal sealed record Delivery(string Subscriber, StoredEvent Event, int Node, long At);
