namespace Parley.Server.Identity.SignIn;

/// <summary>A consumer is not signed in; <see cref="Error"/> is the answer.</summary>
internal sealed class SignInRefusedException(IdpError error, Exception? cause = null) : Exception(error.Message, cause)
{
    public IdpError Error => error;
}
