namespace Parley.Server.Hosting;

/// <summary>The body of <c>/readyz</c>.</summary>
/// <param name="Ready">Whether every check passes.</param>
/// <param name="Problems">Check name to problem, for those that do not.</param>
internal sealed record ReadinessReport(bool Ready, IReadOnlyDictionary<string, string> Problems);
