using System.Text.Json.Serialization;

namespace Parley.Server.Admin.Api.Users;

/// <summary>A user to be added.</summary>
/// <param name="Login">The name he logs in with, unique in the account.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record UserAdd(string Login) : UserChange
{
    /// <summary>Generated and answered when there is none.</summary>
    public string? Password { get; init; }
}
