namespace Parley.Server.Identity;

/// <summary>A tenant ("site", "brand" on the wire).</summary>
/// <param name="Id">Matches <see cref="Accounts.IsValidId"/> (protocol ch. 2).</param>
/// <param name="Settings">What the account decides for itself.</param>
/// <param name="Enabled">A disabled account is answered like an unknown one.</param>
public sealed record Account(string Id, AccountSettings Settings, bool Enabled);
