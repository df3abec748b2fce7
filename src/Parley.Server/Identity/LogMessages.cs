using Microsoft.Extensions.Logging;

namespace Parley.Server.Identity;

/// <summary>Events 2000-2099. Ids only: never a login name, a token or a password.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(2000, LogLevel.Information, "Agent {Pid} of account {Account} logged in, session {Session}")]
    public static partial void LoggedIn(ILogger logger, string account, string pid, string session);

    [LoggerMessage(2001, LogLevel.Warning, "A login to account {Account} was not accepted: {Outcome} {Reason}")]
    public static partial void LoginNotAccepted(ILogger logger, LoginOutcome outcome, string account, string? reason);

    [LoggerMessage(2002, LogLevel.Warning, "A consumer of account {Account} was not signed in: {Code} {Cause}")]
    public static partial void SignInRefused(ILogger logger, string account, int code, string? cause);
}
