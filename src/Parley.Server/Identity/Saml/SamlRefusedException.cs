namespace Parley.Server.Identity.Saml;

/// <summary>
/// An assertion is not accepted. The message quotes nothing of it and is for the log; what only says that it
/// <see cref="IsMalformed"/>, not whom it proves, is told to the client too.
/// </summary>
internal sealed class SamlRefusedException(string message, bool isMalformed = false, Exception? cause = null) : Exception(message, cause)
{
    public bool IsMalformed => isMalformed;
}
