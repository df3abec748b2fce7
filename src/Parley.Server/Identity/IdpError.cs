namespace Parley.Server.Identity;

/// <summary>The error body of the idp endpoints (protocol 4.5).</summary>
internal sealed record IdpError(int InternalErrorCode, string Message)
{
    public static readonly IdpError UnknownAccount = new(9012, "Unknown account");
    public static readonly IdpError BadCallback = new(9012, "The callback is not a JavaScript name");
}
