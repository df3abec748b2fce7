namespace Parley.Server.Identity;

/// <param name="Outcome">What became of it.</param>
/// <param name="Agent">Who was accepted.</param>
/// <param name="Reason">Why he was not, when more is known than the outcome; quotes nothing that was brought.</param>
internal sealed record LoginResult(LoginOutcome Outcome, AgentProfile? Agent = null, string? Reason = null);
