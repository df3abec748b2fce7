namespace Parley.Conversations.Tests.Properties;

/// <summary>One line of a random script. Names are small numbers, so that a failing script shrinks to something readable.</summary>
/// <param name="Elapsed">How far the clock moved before it, in milliseconds; it may go back.</param>
internal abstract record Step(int Elapsed)
{
    public sealed record Open(int Elapsed, ulong Hash, bool ByAgent) : Step(Elapsed);

    public sealed record Publish(int Elapsed, User User, bool Elsewhere, MessageKind Kind, bool Private, int EventId, int Body, long[] Receipts, bool IsRead) : Step(Elapsed)
    {
        public override string ToString() =>
            $"Publish {{ Elapsed = {Elapsed}, User = {User}, Elsewhere = {Elsewhere}, Kind = {Kind}, Private = {Private}, EventId = {EventId}, Body = {Body}, Receipts = [{string.Join(", ", Receipts)}], IsRead = {IsRead} }}";
    }

    public sealed record Close(int Elapsed, User User, int EventId, ulong Hash) : Step(Elapsed);

    public sealed record Offer(int Elapsed, int Ring, User Agent, int Life) : Step(Elapsed);

    public sealed record Answer(int Elapsed, int Ring, User Agent, bool Accept) : Step(Elapsed);

    /// <summary>Ends a ring; a negative number means every waiting one.</summary>
    public sealed record End(int Elapsed, int Ring, bool Expired) : Step(Elapsed);

    /// <summary>Somebody joined by another way than a ring; it happens only where that is a legal event.</summary>
    public sealed record Join(int Elapsed, User Agent, Role Role) : Step(Elapsed);

    /// <summary>Somebody left; it happens only where that is a legal event.</summary>
    public sealed record Leave(int Elapsed, User Agent) : Step(Elapsed);
}
