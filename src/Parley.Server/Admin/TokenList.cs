using Parley.Server.Identity;

namespace Parley.Server.Admin;

public sealed record TokenList(IReadOnlyList<MintedToken> Tokens);
