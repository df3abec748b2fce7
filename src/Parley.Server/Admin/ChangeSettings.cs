namespace Parley.Server.Admin;

/// <summary>Changes some of an account's settings; the others stay.</summary>
/// <param name="Account">The account, or the only one (or <c>demo</c>) when null.</param>
/// <param name="Settings">New values by name, as in <c>ringSeconds</c> or <c>limits.textCharacters</c>; an empty value gives the default back.</param>
public sealed record ChangeSettings(string? Account, IReadOnlyDictionary<string, string> Settings);
