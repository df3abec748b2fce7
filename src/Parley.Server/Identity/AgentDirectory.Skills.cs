using System.Globalization;
using System.Text.Json;

namespace Parley.Server.Identity;

public sealed partial class AgentDirectory
{
    /// <summary>The skill with this id or, if none has, with this name; null when there is none.</summary>
    public Skill? FindSkillByName(string accountId, string idOrName) =>
        FindSkill(accountId, idOrName) ?? Skills(accountId).FirstOrDefault(skill => skill.Name == idOrName);

    /// <summary>Adds a skill.</summary>
    /// <param name="accountId">An existing account.</param>
    /// <param name="id">Digits; the next free number when null.</param>
    /// <param name="name">Unique in the account.</param>
    /// <param name="define">Gives it its settings.</param>
    /// <exception cref="RefusedException">Its id or name is not allowed or taken, or a setting makes no sense.</exception>
    internal async Task<Skill> AddSkillAsync(string accountId, string? id, string name, Func<Skill, Skill> define)
    {
        Skill? added = null;
        await _revisions.WriteAsync(
            accountId,
            db =>
            {
                id ??= NextSkillId(Skills(accountId));
                if (!IsSkillId(id)) throw new RefusedException("The id of a skill has 1 to 18 digits.");
                if (FindSkill(accountId, id) is not null) throw new RefusedException($"There is a skill {id} already.", isConflict: true);
                added = Checked(accountId, define(new Skill(id, name)));
                db.Execute("INSERT INTO skills (account, id, name, settings) VALUES ($1, $2, $3, $4)", accountId, added.Id, added.Name, Json(added.Settings));
            },
            () => _skills.Set((accountId, added!.Id), added));
        return added!;
    }

    /// <summary>Changes a skill's name or settings, all or none.</summary>
    /// <exception cref="RefusedException">There is no such skill, or what it would be makes no sense.</exception>
    internal async Task<Skill> ChangeSkillAsync(string accountId, string id, Func<Skill, Skill> change)
    {
        Skill? changed = null;
        await _revisions.WriteAsync(
            accountId,
            db =>
            {
                changed = Checked(accountId, change(Existing(accountId, id)));
                db.Execute("UPDATE skills SET name = $3, settings = $4 WHERE account = $1 AND id = $2", accountId, id, changed.Name, Json(changed.Settings));
            },
            () => _skills.Set((accountId, id), changed!));
        return changed!;
    }

    /// <summary>Removes a skill that nothing refers to.</summary>
    /// <param name="accountId">Its account.</param>
    /// <param name="id">The skill.</param>
    /// <param name="usedBy">Tells who else still needs it, or null; asked while nobody else writes.</param>
    /// <exception cref="RefusedException">There is no such skill, or it is needed.</exception>
    internal Task RemoveSkillAsync(string accountId, string id, Func<string?> usedBy) => _revisions.WriteAsync(
        accountId,
        db =>
        {
            var skill = Existing(accountId, id);
            if ((All(accountId).FirstOrDefault(a => a.SkillIds.Contains(id)) is { } agent ? $"the agent {agent.Login} has it"
                : Skills(accountId).FirstOrDefault(s => s.Settings.FallbackSkillId == id) is { } other ? $"the skill {other.Name} falls back to it"
                : usedBy()) is { } reason)
            {
                throw new RefusedException($"The skill {skill.Name} cannot be removed: {reason}.", isConflict: true);
            }

            db.Execute("DELETE FROM skills WHERE account = $1 AND id = $2", accountId, id);
        },
        () => _skills.Remove((accountId, id)));

    private Skill Existing(string accountId, string id) => FindSkill(accountId, id) ?? throw new RefusedException($"There is no skill {id}.");

    private Skill Checked(string accountId, Skill skill)
    {
        if (skill.Name is not { Length: > 0 and <= LongestSkillName } || skill.Name.Any(char.IsControl) || skill.Name.Trim() != skill.Name)
            throw new RefusedException($"The name of a skill has 1 to {LongestSkillName} characters, no line breaks and no blanks at its ends.");
        if (Skills(accountId).FirstOrDefault(other => other.Id != skill.Id && (other.Name == skill.Name || other.Id == skill.Name)) is { } namesake)
            throw new RefusedException($"The skill {namesake.Id} is called {skill.Name} already.", isConflict: true);
        if (skill.Settings.FallbackSkillId is { } fallback && (fallback == skill.Id || FindSkill(accountId, fallback) is null))
            throw new RefusedException("fallbackSkillId is the id of another skill.");
        SkillChange.Check(skill.Settings);
        return skill;
    }

    private static string NextSkillId(IEnumerable<Skill> known) =>
        known.Where(skill => IsSkillId(skill.Id)).Select(skill => long.Parse(skill.Id, CultureInfo.InvariantCulture) + 1).DefaultIfEmpty(FirstSkillId).Max().ToString(CultureInfo.InvariantCulture);

    private static string Json(SkillSettings settings) => JsonSerializer.Serialize(settings, IdentityJson.Default.SkillSettings);
}
