using System.Globalization;

namespace Parley.Server.Identity;

/// <summary>The error body of login, refresh and logout (protocol 5.2).</summary>
internal sealed record LoginError(LoginError.Details Error)
{
    public static LoginError Create(DateTimeOffset now, string message, int internalCode, string status) =>
        new(new Details(now.UtcDateTime.ToString("MMM d, yyyy h:mm:ss tt", CultureInfo.InvariantCulture), message, internalCode, status));

    /// <param name="Time">For people; UTC.</param>
    /// <param name="Message">What went wrong, without saying which part of a login was wrong.</param>
    /// <param name="InternalCode">10 for a session that does not match (protocol 5.2), else the HTTP status.</param>
    /// <param name="ResponseStatus">The HTTP status as a name.</param>
    public sealed record Details(string Time, string Message, int InternalCode, string ResponseStatus);
}
