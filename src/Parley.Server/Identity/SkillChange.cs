using System.Text.Json;
using System.Text.Json.Nodes;

namespace Parley.Server.Identity;

/// <summary>A skill's name and settings changed by name.</summary>
internal static class SkillChange
{
    private const int MostRings = 50;
    private const int LongestDescription = 1000;

    /// <summary>The skill with members changed the way operators type them; an empty value gives the default back.</summary>
    /// <exception cref="RefusedException">There is no such member, or it does not take its value.</exception>
    public static Skill Apply(Skill skill, IReadOnlyDictionary<string, string> members) => members.Aggregate(
        skill, (changed, member) => member.Key == "name" ? changed with { Name = member.Value } : Apply(changed, member.Key, type => SettingsChange.Typed(type, member.Value)));

    /// <summary>The skill with settings changed to JSON values; null gives the default back.</summary>
    /// <inheritdoc cref="Apply(Skill,IReadOnlyDictionary{string,string})" path="/exception"/>
    public static Skill Apply(Skill skill, JsonObject settings) => settings.Aggregate(
        skill, (changed, member) => Apply(changed, member.Key, _ => member.Value?.DeepClone()));

    /// <exception cref="RefusedException">A setting makes no sense whatever the others are.</exception>
    public static void Check(SkillSettings settings)
    {
        foreach (var property in IdentityJson.Default.SkillSettings.Properties)
        {
            if (property.Get!(settings) is int and < 1) throw new RefusedException($"{property.Name} must be 1 or more.");
        }

        if (settings.RingAgents > MostRings) throw new RefusedException($"ringAgents is 1 to {MostRings}.");
        if (settings.Description is { Length: > LongestDescription }) throw new RefusedException($"description has at most {LongestDescription} characters.");
    }

    private static Skill Apply(Skill skill, string name, Func<Type, JsonNode?> value)
    {
        var type = IdentityJson.Default.SkillSettings;
        var property = type.Properties.FirstOrDefault(p => p.Name == name)
            ?? throw new RefusedException($"There is no setting {name}. There are: name, {string.Join(", ", type.Properties.Select(p => p.Name))}.");
        var json = JsonSerializer.SerializeToNode(skill.Settings, type)!.AsObject();
        SettingsChange.Replace(json, property, name, value);
        return skill with { Settings = SettingsChange.Read(json, type, name) };
    }
}
