using System.Text.Json.Serialization;

namespace Parley.Server.Admin.Api.Users;

/// <summary>A skill that a user is to have.</summary>
/// <param name="Id">An existing one's.</param>
/// <param name="Priority">The lower number is given its conversations first.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record UserSkill(string Id, int Priority = 1);
