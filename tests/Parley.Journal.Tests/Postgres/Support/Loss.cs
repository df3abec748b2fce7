namespace Parley.Journal.Tests.Postgres.Support;

/// <summary>What a <see cref="Proxy"/> is to lose.</summary>
/// <param name="Of">What.</param>
/// <param name="Containing">The request's text.</param>
internal sealed record Loss(Lost Of, string Containing)
{
    /// <summary>Whether only that connection breaks, and new ones are taken at once.</summary>
    public bool IsOnce { get; init; }
}
