namespace Parley.Protocol.Codes;

/// <summary>Close reason texts that client programs look for (protocol 4.8).</summary>
public static class CloseReasons
{
    public const string TimedOut = "Connection timed out";
    public const string IdentityInvalid = "Identity token is invalid";
    public const string ShuttingDown = "Server is shutting down";
    public const string SlowReader = "Reading too slowly";
    public const string OutcomeUnknown = "Outcome of a request is not known";
}
