using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Parley.Server.Identity;

/// <summary>The agents and skills of all accounts.</summary>
public sealed partial class AgentDirectory
{
    private const long FirstNumber = 1_000_000_001;
    private const int FirstSkillId = 1001;
    private const int LongestSkillName = 256;

    private readonly AccountStore _store;
    private readonly AccountRevisions _revisions;
    private readonly IdentityEvents _events;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, AgentProfile> _byPid = new();
    private readonly ConcurrentDictionary<string, AgentProfile> _byOldId = new();
    private readonly ConcurrentDictionary<(string AccountId, string Login), AgentProfile> _byLogin = new();
    private readonly ConcurrentDictionary<string, string> _passwordHashes;
    private readonly ConcurrentDictionary<string, StoredAppKeys> _keysByAccessTokenHash;
    private readonly ConcurrentDictionary<(string AccountId, string Id), Skill> _skills;

    internal AgentDirectory(AccountStore store, AccountRevisions revisions, IdentityEvents events, TimeProvider time)
    {
        (_store, _revisions, _events, _time) = (store, revisions, events, time);
        foreach (var profile in store.Load(
            "SELECT account, pid, number, login, nickname, full_name, role, max_slots, skills, enabled, details FROM agents", ReadProfile))
        {
            Publish(profile);
        }

        _passwordHashes = new(store.Load(
            "SELECT pid, password_hash FROM agents", row => KeyValuePair.Create(row.GetString(0), row.GetString(1))));
        _keysByAccessTokenHash = new(store.Load(
            "SELECT access_token_hash, pid, app_key_hash, secret_hash, access_token_secret_hash FROM app_keys",
            row => KeyValuePair.Create(row.GetString(0), new StoredAppKeys(row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4)))));
        _skills = new(store.Load(
            "SELECT account, id, name, settings FROM skills",
            row => KeyValuePair.Create((row.GetString(0), row.GetString(1)), new Skill(row.GetString(1), row.GetString(2))
            {
                Settings = JsonSerializer.Deserialize(row.GetString(3), IdentityJson.Default.SkillSettings) ?? SkillSettings.Default,
            })));
    }

    /// <summary>The agent with this public id or <c>account.number</c>, or null; disabled agents are found too.</summary>
    public AgentProfile? Find(string accountId, string idOrPid) =>
        (_byPid.GetValueOrDefault(idOrPid) ?? _byOldId.GetValueOrDefault(idOrPid)) is { } agent && agent.AccountId == accountId ? agent : null;

    public AgentProfile? FindByLogin(string accountId, string login) => _byLogin.GetValueOrDefault((accountId, login));

    /// <summary>All agents of an account by login, disabled ones included.</summary>
    public IReadOnlyList<AgentProfile> All(string accountId) =>
        [.. _byPid.Values.Where(agent => agent.AccountId == accountId).OrderBy(agent => agent.Login, StringComparer.Ordinal)];

    public Skill? FindSkill(string accountId, string skillId) => _skills.GetValueOrDefault((accountId, skillId));

    /// <summary>Whether conversations of the account may name this skill: one of its own, or any while it has none.</summary>
    public bool KnowsSkill(string accountId, string skillId) =>
        _skills.ContainsKey((accountId, skillId)) || !_skills.Any(entry => entry.Key.AccountId == accountId);

    /// <summary>All skills of an account, by id.</summary>
    public IReadOnlyList<Skill> Skills(string accountId) =>
        [.. _skills.Where(entry => entry.Key.AccountId == accountId).Select(entry => entry.Value).OrderBy(skill => skill.Id.Length).ThenBy(skill => skill.Id, StringComparer.Ordinal)];

    /// <summary>The public ids of agents who have keys, which programs log in with.</summary>
    internal IReadOnlySet<string> PidsWithKeys() => _keysByAccessTokenHash.Values.Select(keys => keys.Pid).ToHashSet();

    internal string? PasswordHashOf(AgentProfile agent) => _passwordHashes.GetValueOrDefault(agent.Pid);

    /// <summary>Whether these are keys that were made for this agent.</summary>
    internal bool HasKeys(AgentProfile? agent, AppKeys keys) =>
        _keysByAccessTokenHash.GetValueOrDefault(Secrets.Hash(keys.AccessToken)) is { } stored && stored.Match(keys) && stored.Pid == agent?.Pid;

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
                newSkills.ForEach(skill => _skills[(agent.AccountId, skill.Id)] = skill);
                _passwordHashes[added!.Pid] = agent.PasswordHash;
                Publish(added);
            });
        return added!;
    }

    internal async Task SetEnabledAsync(AgentProfile agent, bool enabled)
    {
        await _revisions.WriteAsync(
            agent.AccountId,
            db => db.Execute("UPDATE agents SET enabled = $2 WHERE pid = $1", agent.Pid, enabled),
            () => Publish(_byPid[agent.Pid] with { Enabled = enabled }));
        if (!enabled)
        {
            _events.Raise(new Revocation(RevocationKind.AgentDisabled, agent.AccountId, agent.Pid));
        }
    }

    /// <summary>Changes members of his profile by name, all or none.</summary>
    /// <param name="agent">Whose.</param>
    /// <param name="members">New values by name, as <see cref="AgentChange"/> takes them.</param>
    /// <param name="keepsAdmin">Whether a change is refused that would leave his account without an enabled admin.</param>
    /// <exception cref="RefusedException">There is no such member, or it does not take its value.</exception>
    internal async Task<AgentProfile> ChangeAsync(AgentProfile agent, IReadOnlyDictionary<string, string> members, bool keepsAdmin = false)
    {
        AgentProfile? before = null, changed = null;
        await _revisions.WriteAsync(
            agent.AccountId,
            db =>
            {
                before = _byPid[agent.Pid];
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
        if (before!.Enabled && !changed!.Enabled) _events.Raise(new Revocation(RevocationKind.AgentDisabled, agent.AccountId, agent.Pid));
        return changed!;
    }

    internal Task SetPasswordHashAsync(AgentProfile agent, string passwordHash) => _store.WriteAsync(
        db => db.Execute("UPDATE agents SET password_hash = $2 WHERE pid = $1", agent.Pid, passwordHash),
        () => _passwordHashes[agent.Pid] = passwordHash);

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
            () => _keysByAccessTokenHash[accessTokenHash] = stored);
        return keys;
    }

    private static bool IsAdmin(AgentProfile agent) => agent is { Role: AgentRole.Admin, Enabled: true };

    private AgentProfile Apply(AgentProfile agent, string name, string value) =>
        AgentChange.Apply(agent, name, value, skill => FindSkillByName(agent.AccountId, skill));

    private static AgentProfile ReadProfile(SqliteDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5),
        Enum.Parse<AgentRole>(row.GetString(6)), row.GetInt32(7),
        row.GetString(8).Split(' ', StringSplitOptions.RemoveEmptyEntries), row.GetBoolean(9))
    {
        Details = JsonSerializer.Deserialize(row.GetString(10), IdentityJson.Default.AgentDetails) ?? AgentDetails.None,
    };

    private static string Json(AgentDetails details) => JsonSerializer.Serialize(details, IdentityJson.Default.AgentDetails);

    // More digits are a name like any other: the next id is reckoned from these.
    private static bool IsSkillId(string text) => text.Length is > 0 and <= 18 && text.All(char.IsAsciiDigit);

    private void Publish(AgentProfile profile)
    {
        _byPid[profile.Pid] = profile;
        _byOldId[profile.OldId] = profile;
        _byLogin[(profile.AccountId, profile.Login)] = profile;
    }

    private string NextNumber(string accountId) => _byPid.Values
        .Where(agent => agent.AccountId == accountId)
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
