using System.Text.Json.Serialization;

namespace Parley.Server.Admin.Api.Users;

/// <param name="Password">Generated and answered when there is none.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PasswordChange(string? Password = null);
