namespace Parley.Server.Admin.Api.Users;

public sealed record UserList(IReadOnlyList<UserView> Users);
