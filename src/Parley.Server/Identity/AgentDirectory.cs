using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Parley.Server.Storage;

namespace Parley.Server.Identity;

/// <summary>The agents and skills of all accounts.</summary>
public sealed partial class AgentDirectory
{
    private const long FirstNumber = 1_000_000_001;
    private const int FirstSkillId = 1001;
    private const int LongestSkillName = 256;

    private readonly IAccountStore _store;
    private readonly AccountRevisions _revisions;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, AgentProfile> _byOldId = new();
    private readonly ConcurrentDictionary<(string AccountId, string Login), AgentProfile> _byLogin = new();
    private readonly CachedTable<string, StoredAgent> _agents;
    private readonly CachedTable<string, StoredAppKeys> _keys;
    private readonly CachedTable<(string AccountId, string Id), Skill> _skills;

    internal AgentDirectory(IAccountStore store, AccountRevisions revisions, IdentityEvents events, TimeProvider time)
    {
        (_store, _revisions, _time) = (store, revisions, time);
        _skills = new(
            "skills", "SELECT account, id, name, settings FROM skills", ["account", "id"], key => (key[0], key[1]),
            row => KeyValuePair.Create((row.GetString(0), row.GetString(1)), new Skill(row.GetString(1), row.GetString(2))
            {
                Settings = JsonSerializer.Deserialize(row.GetString(3), IdentityJson.Default.SkillSettings) ?? SkillSettings.Default,
            }));
        _agents = new(
            "agents", "SELECT account, pid, number, login, nickname, full_name, role, max_slots, skills, enabled, details, password_hash FROM agents",
            ["pid"], key => key[0], row => KeyValuePair.Create(row.GetString(1), new StoredAgent(ReadProfile(row), row.GetString(11))))
        {
            Changed = (pid, before, after) =>
            {
                if (after is not null) Index(after.Profile);
                if (before is { Profile: { Enabled: true, AccountId: var accountId } } && after is not { Profile.Enabled: true })
                    events.Raise(new Revocation(RevocationKind.AgentDisabled, accountId, pid));
            },
        };
        _keys = new(
            "app_keys", "SELECT access_token_hash, pid, app_key_hash, secret_hash, access_token_secret_hash FROM app_keys", ["access_token_hash"], key => key[0],
            row => KeyValuePair.Create(row.GetString(0), new StoredAppKeys(row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4))));
        store.Follow(_skills);
        store.Follow(_agents);
        store.Follow(_keys);
    }

    /// <summary>The agent with this public id or <c>account.number</c>, or null; disabled agents are found too.</summary>
    public AgentProfile? Find(string accountId, string idOrPid) =>
        (_agents.Rows.GetValueOrDefault(idOrPid)?.Profile ?? _byOldId.GetValueOrDefault(idOrPid)) is { } agent && agent.AccountId == accountId ? agent : null;

    public AgentProfile? FindByLogin(string accountId, string login) => _byLogin.GetValueOrDefault((accountId, login));

    /// <summary>All agents of an account by login, disabled ones included.</summary>
    public IReadOnlyList<AgentProfile> All(string accountId) =>
        [.. Of(accountId).OrderBy(agent => agent.Login, StringComparer.Ordinal)];

    public Skill? FindSkill(string accountId, string skillId) => _skills.Rows.GetValueOrDefault((accountId, skillId));

    /// <summary>Whether conversations of the account may name this skill: one of its own, or any while it has none.</summary>
    public bool KnowsSkill(string accountId, string skillId) =>
        _skills.Rows.ContainsKey((accountId, skillId)) || !_skills.Rows.Any(entry => entry.Key.AccountId == accountId);

    /// <summary>All skills of an account, by id.</summary>
    public IReadOnlyList<Skill> Skills(string accountId) =>
        [.. _skills.Rows.Where(entry => entry.Key.AccountId == accountId).Select(entry => entry.Value).OrderBy(skill => skill.Id.Length).ThenBy(skill => skill.Id, StringComparer.Ordinal)];

    /// <summary>The public ids of agents who have keys, which programs log in with.</summary>
    internal IReadOnlySet<string> PidsWithKeys() => _keys.Rows.Values.Select(keys => keys.Pid).ToHashSet();

    internal string? PasswordHashOf(AgentProfile agent) => _agents.Rows.GetValueOrDefault(agent.Pid)?.PasswordHash;

    /// <summary>Whether these are keys that were made for this agent.</summary>
    internal bool HasKeys(AgentProfile? agent, AppKeys keys) =>
        _keys.Rows.GetValueOrDefault(Secrets.Hash(keys.AccessToken)) is { } stored && stored.Match(keys) && stored.Pid == agent?.Pid;

    /// <exception cref="RefusedException">The login is not allowed or taken, or a skill or member of the profile is not allowed.</exception>
    internal async Task<AgentProfile> AddAsync(NewAgent agent)
    {
        if (agent.Login is not { Length: > 0 and <= 64 } || agent.Login.Any(char.IsWhiteSpace) || agent.Login.Any(char.IsControl))
        {
            throw new RefusedException("A login has 1 to 64 characters and no blanks.");
        }

        if (agent.MaxSlots < 0)
        {
            throw new RefusedException("The number of slots is not negative.");
        }

        if (agent.Skills.Any(skill => skill is not { Length: > 0 and <= LongestSkillName } || skill.Any(char.IsControl)))
        {
            throw new RefusedException($"A skill has 1 to {LongestSkillName} characters and no line breaks.");
        }

        AgentProfile? added = null;
        List<Skill> newSkills = [];
        await _revisions.WriteAsync(
            agent.AccountId,
            db =>
            {
                if (_byLogin.ContainsKey((agent.AccountId, agent.Login)))
                {
                    throw new RefusedException($"There is an agent {agent.Login} already.", isConflict: true);
                }

                var skillIds = agent.Skills.Select(skill => ResolveSkill(agent.AccountId, skill, newSkills)).Distinct().ToArray();
                foreach (var skill in newSkills)
                {
                    db.Execute("INSERT INTO skills (account, id, name) VALUES ($1, $2, $3)", agent.AccountId, skill.Id, skill.Name);
                }

                added = new AgentProfile(
                    agent.AccountId, Guid.NewGuid().ToString(), NextNumber(agent.AccountId), agent.Login,
                    agent.Nickname ?? agent.Login, agent.FullName ?? agent.Login, agent.Role, agent.MaxSlots, skillIds, Enabled: true)
                {
                    Details = AgentDetails.None with { AddedTs = _time.GetUtcNow().ToUnixTimeMilliseconds() },
                };
                added = agent.Profile.Aggregate(added, (profile, member) => Apply(profile, member.Key, member.Value));
                db.Execute(
                    """
                    INSERT INTO agents (account, pid, number, login, nickname, full_name, role, max_slots, skills, enabled, password_hash, details)
                    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
                    """,
                    added.AccountId, added.Pid, added.Number, added.Login, added.Nickname, added.FullName, added.Role.ToString(),
                    added.MaxSlots, string.Join(' ', added.SkillIds), added.Enabled, agent.PasswordHash, Json(added.Details));
            },
            () =>
            {
                newSkills.ForEach(skill => _skills.Set((agent.AccountId, skill.Id), skill));
                _agents.Set(added!.Pid, new StoredAgent(added, agent.PasswordHash));
            });
        return added!;
    }

    internal Task SetEnabledAsync(AgentProfile agent, bool enabled) => _revisions.WriteAsync(
        agent.AccountId,
        db => db.Execute("UPDATE agents SET enabled = $2 WHERE pid = $1", agent.Pid, enabled),
        () => Publish(_agents.Rows[agent.Pid].Profile with { Enabled = enabled }));

    /// <summary>Changes members of his profile by name, all or none.</summary>
    /// <param name="agent">Whose.</param>
    /// <param name="members">New values by name, as <see cref="AgentChange"/> takes them.</param>
    /// <param name="keepsAdmin">Whether a change is refused that would leave his account without an enabled admin.</param>
    /// <exception cref="RefusedException">There is no such member, or it does not take its value.</exception>
    internal async Task<AgentProfile> ChangeAsync(AgentProfile agent, IReadOnlyDictionary<string, string> members, bool keepsAdmin = false)
    {
        AgentProfile? changed = null;
        await _revisions.WriteAsync(
            agent.AccountId,
            db =>
            {
                var before = _agents.Rows[agent.Pid].Profile;
                changed = members.Aggregate(before, (profile, member) => Apply(profile, member.Key, member.Value));
                if (keepsAdmin && IsAdmin(before) && !IsAdmin(changed) && !All(agent.AccountId).Any(other => other.Pid != agent.Pid && IsAdmin(other)))
                {
                    throw new RefusedException("An account keeps one enabled admin at least.", isConflict: true);
                }

                db.Execute(
                    "UPDATE agents SET nickname = $2, full_name = $3, details = $4, role = $5, max_slots = $6, skills = $7, enabled = $8 WHERE pid = $1",
                    changed.Pid, changed.Nickname, changed.FullName, Json(changed.Details), changed.Role.ToString(), changed.MaxSlots,
                    string.Join(' ', changed.SkillIds), changed.Enabled);
            },
            () => Publish(changed!));
        return changed!;
    }

    internal Task SetPasswordHashAsync(AgentProfile agent, string passwordHash) => _store.WriteAsync(
        db => db.Execute("UPDATE agents SET password_hash = $2 WHERE pid = $1", agent.Pid, passwordHash),
        () => _agents.Set(agent.Pid, _agents.Rows[agent.Pid] with { PasswordHash = passwordHash }));

    /// <summary>Makes another set of keys; earlier ones stay valid.</summary>
    internal async Task<AppKeys> AddKeysAsync(AgentProfile agent)
    {
        var keys = new AppKeys(Secrets.NewHex(16), Secrets.NewHex(16), Secrets.NewHex(16), Secrets.NewHex(16));
        var stored = new StoredAppKeys(agent.Pid, Secrets.Hash(keys.AppKey), Secrets.Hash(keys.Secret), Secrets.Hash(keys.AccessTokenSecret));
        var accessTokenHash = Secrets.Hash(keys.AccessToken);
        await _revisions.WriteAsync(
            agent.AccountId,
            db => db.Execute(
                """
                INSERT INTO app_keys (access_token_hash, pid, app_key_hash, secret_hash, access_token_secret_hash, created_ts)
                VALUES ($1, $2, $3, $4, $5, $6)
                """,
                accessTokenHash, stored.Pid, stored.AppKeyHash, stored.SecretHash, stored.AccessTokenSecretHash,
                _time.GetUtcNow().ToUnixTimeMilliseconds()),
            () => _keys.Set(accessTokenHash, stored));
        return keys;
    }

    private static bool IsAdmin(AgentProfile agent) => agent is { Role: AgentRole.Admin, Enabled: true };

    private AgentProfile Apply(AgentProfile agent, string name, string value) =>
        AgentChange.Apply(agent, name, value, skill => FindSkillByName(agent.AccountId, skill));

    private static AgentProfile ReadProfile(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5),
        Enum.Parse<AgentRole>(row.GetString(6)), row.GetInt32(7),
        row.GetString(8).Split(' ', StringSplitOptions.RemoveEmptyEntries), row.GetBoolean(9))
    {
        Details = JsonSerializer.Deserialize(row.GetString(10), IdentityJson.Default.AgentDetails) ?? AgentDetails.None,
    };

    private static string Json(AgentDetails details) => JsonSerializer.Serialize(details, IdentityJson.Default.AgentDetails);

    // More digits are a name like any other: the next id is reckoned from these.
    private static bool IsSkillId(string text) => text.Length is > 0 and <= 18 && text.All(char.IsAsciiDigit);

    private IEnumerable<AgentProfile> Of(string accountId) => _agents.Rows.Values.Select(agent => agent.Profile).Where(agent => agent.AccountId == accountId);

    private void Publish(AgentProfile profile) => _agents.Set(profile.Pid, _agents.Rows[profile.Pid] with { Profile = profile });

    private void Index(AgentProfile profile)
    {
        _byOldId[profile.OldId] = profile;
        _byLogin[(profile.AccountId, profile.Login)] = profile;
    }

    private string NextNumber(string accountId) => Of(accountId)
        .Select(agent => long.Parse(agent.Number, CultureInfo.InvariantCulture) + 1)
        .DefaultIfEmpty(FirstNumber).Max().ToString(CultureInfo.InvariantCulture);

    private string ResolveSkill(string accountId, string nameOrId, List<Skill> newSkills)
    {
        var known = Skills(accountId).Concat(newSkills).ToArray();
        if (known.FirstOrDefault(skill => skill.Id == nameOrId || skill.Name == nameOrId) is { } existing)
        {
            return existing.Id;
        }

        var id = IsSkillId(nameOrId) ? nameOrId : NextSkillId(known);
        newSkills.Add(new Skill(id, nameOrId));
        return id;
    }
}
