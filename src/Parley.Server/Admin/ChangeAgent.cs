namespace Parley.Server.Admin;

/// <summary>Changes members of an agent's profile; the others stay.</summary>
/// <param name="Account">As <see cref="AccountScope"/>.</param>
/// <param name="Login">An existing agent's.</param>
/// <param name="Profile">New values by name, as in <c>nickname</c> or <c>pictureUrl</c>; an empty value takes the member away.</param>
public sealed record ChangeAgent(string? Account, string Login, IReadOnlyDictionary<string, string> Profile);
