namespace Parley.Conversations.Routing;

/// <summary>
/// Where conversations of one kind and agents who may take them meet: of one skill, of none, or handed to one agent. Between
/// two turns no conversation in <see cref="Queue"/> has a seat to go to: one that nobody seated may have is in
/// <see cref="Aside"/> until somebody takes a seat, or its own time comes.
/// </summary>
internal sealed class Pool(string name)
{
    public string Name => name;

    public SortedSet<RoutedConversation> Queue { get; } = new(RoutedConversation.ByPlace);

    public HashSet<RoutedConversation> Aside { get; } = [];

    public SortedSet<Seat> Seats { get; } = [];

    public int Waiting => Queue.Count + Aside.Count;

    public void Remove(RoutedConversation conversation)
    {
        if (!Aside.Remove(conversation)) Queue.Remove(conversation);
    }

    public void PutAside(RoutedConversation conversation)
    {
        if (Queue.Remove(conversation)) Aside.Add(conversation);
    }

    public void BringBack()
    {
        Queue.UnionWith(Aside);
        Aside.Clear();
    }
}
