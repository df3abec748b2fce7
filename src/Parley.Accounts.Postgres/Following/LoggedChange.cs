namespace Parley.Accounts.Postgres.Following;

/// <summary>A row that was written or removed.</summary>
internal sealed record LoggedChange(long OldestId, long Id, string Table, string[] Key);
