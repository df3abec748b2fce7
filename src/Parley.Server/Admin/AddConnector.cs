using Parley.Server.Identity.SignIn;

namespace Parley.Server.Admin;

/// <param name="Account">As <see cref="AccountScope"/>.</param>
/// <param name="Connector">The authentication connector.</param>
/// <param name="Replace">Whether it may take the place of the one with its id.</param>
public sealed record AddConnector(string? Account, AuthConnector Connector, bool Replace = false);
