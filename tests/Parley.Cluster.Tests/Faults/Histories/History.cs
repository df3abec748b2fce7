namespace Parley.Cluster.Tests.Faults.Histories;

/// <summary>What clients did and were told. Of one subscriber in the order in which it happened; may be written by several threads.</summary>
internal sealed class History
{
    private readonly Lock _gate = new();
    private readonly List<Publish> _publishes = [];
    private readonly List<Delivery> _deliveries = [];
    private readonly List<Look> _looks = [];

    /// <summary>Raised after every attempt to publish.</summary>
    public event Action<Publish>? Published;

    public IReadOnlyList<Publish> Publishes
    {
        get { lock (_gate) return [.. _publishes]; }
    }

    public IReadOnlyList<Delivery> Deliveries
    {
        get { lock (_gate) return [.. _deliveries]; }
    }

    public IReadOnlyList<Look> Looks
    {
        get { lock (_gate) return [.. _looks]; }
    }

    public void Add(Publish publish)
    {
        lock (_gate) _publishes.Add(publish);
        Published?.Invoke(publish);
    }

    public void Add(Delivery delivery)
    {
        lock (_gate) _deliveries.Add(delivery);
    }

    public void Add(Look look)
    {
        lock (_gate) _looks.Add(look);
    }
}
