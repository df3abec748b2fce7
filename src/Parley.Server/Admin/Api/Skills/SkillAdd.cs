using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Parley.Server.Identity;

namespace Parley.Server.Admin.Api.Skills;

/// <summary>A skill to be added.</summary>
/// <param name="Name">Unique in the account.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SkillAdd(string Name)
{
    /// <summary>Digits; the next free number when there is none.</summary>
    public string? Id { get; init; }

    /// <summary>Those settings that are not to be the default.</summary>
    [Like(typeof(SkillSettings))]
    public JsonObject? Settings { get; init; }
}
