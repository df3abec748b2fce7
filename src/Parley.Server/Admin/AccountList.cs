using Parley.Server.Identity;

namespace Parley.Server.Admin;

public sealed record AccountList(IReadOnlyList<Account> Accounts);
