using Parley.Server.Identity;

namespace Parley.Server.Admin;

/// <param name="Account">The new id.</param>
/// <param name="Settings">Defaults when null.</param>
public sealed record AddAccount(string Account, AccountSettings? Settings = null);
