namespace Parley.Server.Admin.Api.Users;

/// <param name="User">The new user.</param>
/// <param name="Password">Only when it was generated; it is not shown again.</param>
public sealed record UserAdded(UserView User, string? Password);
