namespace Parley.Server.Admin;

/// <param name="Account">As <see cref="AccountScope"/>.</param>
/// <param name="Id">An existing connector's.</param>
public sealed record ConnectorName(string? Account, string Id);
