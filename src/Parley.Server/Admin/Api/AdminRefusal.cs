namespace Parley.Server.Admin.Api;

/// <summary>A call that is not answered with what it asked for.</summary>
/// <param name="status">Of HTTP.</param>
/// <param name="message">Why, for the caller to read.</param>
internal sealed class AdminRefusal(int status, string message) : Exception(message)
{
    public int Status => status;

    public static AdminRefusal NotFound(string what) => new(Microsoft.AspNetCore.Http.StatusCodes.Status404NotFound, $"There is no such {what}.");
}
