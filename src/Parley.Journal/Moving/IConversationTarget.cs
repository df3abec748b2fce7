using Parley.Journal.Tails;

namespace Parley.Journal.Moving;

/// <summary>A store that nobody has but whoever fills it, in the order of its keys: what is there already tells where to go on.</summary>
internal interface IConversationTarget : IDisposable
{
    /// <summary>The conversation that was stored last, or null.</summary>
    string? LastConversation { get; }

    /// <summary>The event that was stored last, or null.</summary>
    StoredPlace? LastEvent { get; }

    /// <summary>Stores some conversations or some events in one transaction, synced.</summary>
    void Add(TailGeneration batch);

    /// <summary>How many rows there are of who takes part in what, and of ids that publishers gave.</summary>
    (long Participations, long EventIds) CountIndexed();

    /// <summary>It is whole: leaves it as a server would.</summary>
    void Finish();
}
