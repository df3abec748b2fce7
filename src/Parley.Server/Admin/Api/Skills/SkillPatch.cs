using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Parley.Server.Identity;

namespace Parley.Server.Admin.Api.Skills;

/// <summary>Members of a skill to be changed; those that are missing stay.</summary>
/// <param name="Name">Unique in the account.</param>
/// <param name="Settings">Settings to be changed; null gives a setting its default back.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SkillPatch(string? Name = null, [property: Like(typeof(SkillSettings))] JsonObject? Settings = null);
