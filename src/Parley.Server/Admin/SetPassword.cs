namespace Parley.Server.Admin;

/// <param name="Account">As <see cref="AccountScope"/>.</param>
/// <param name="Login">An existing agent's.</param>
/// <param name="Password">Generated and answered when null.</param>
public sealed record SetPassword(string? Account, string Login, string? Password);
