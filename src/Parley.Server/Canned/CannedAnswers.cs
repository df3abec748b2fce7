using System.Text.Json;
using Parley.Server.Identity;
using Parley.Server.Storage;

namespace Parley.Server.Canned;

/// <summary>The canned answers of all accounts.</summary>
public sealed class CannedAnswers
{
    private const int Most = 2_000;

    private readonly IAccountStore _store;
    private readonly AgentDirectory _agents;
    private readonly CachedTable<(string AccountId, string Id), CannedAnswer> _answers;

    internal CannedAnswers(IAccountStore store, AgentDirectory agents)
    {
        (_store, _agents) = (store, agents);
        _answers = new(
            "canned_answers", "SELECT account, id, answer FROM canned_answers", ["account", "id"], key => (key[0], key[1]),
            row => KeyValuePair.Create(
                (row.GetString(0), row.GetString(1)), JsonSerializer.Deserialize(row.GetString(2), IdentityJson.Default.CannedAnswer)!));
        store.Follow(_answers);
    }

    /// <summary>All answers of an account, by title.</summary>
    public IEnumerable<CannedAnswer> All(string accountId) => _answers.Rows
        .Where(entry => entry.Key.AccountId == accountId).Select(entry => entry.Value)
        .OrderBy(answer => answer.Title, StringComparer.Ordinal).ThenBy(answer => answer.Id, StringComparer.Ordinal);

    /// <summary>Those an agent may use: the ones for everybody and for one of his skills; all when he has no skills.</summary>
    public IEnumerable<CannedAnswer> For(AgentProfile agent) => All(agent.AccountId).Where(answer =>
        answer.SkillIds.Count == 0 || agent.SkillIds.Count == 0 || answer.SkillIds.Any(agent.SkillIds.Contains));

    public CannedAnswer? Find(string accountId, string id) => _answers.Rows.GetValueOrDefault((accountId, id));

    /// <summary>Adds an answer, or changes it.</summary>
    /// <param name="accountId">An existing account.</param>
    /// <param name="id">A known one, or null for a new answer.</param>
    /// <param name="change">Gets what is there, an empty answer when it is new.</param>
    /// <exception cref="RefusedException">There is no such answer, or what it would be makes no sense.</exception>
    internal async Task<CannedAnswer> SaveAsync(string accountId, string? id, Func<CannedAnswer, CannedAnswer> change)
    {
        CannedAnswer? saved = null;
        await _store.WriteAsync(
            db =>
            {
                var before = id is null ? new CannedAnswer(Guid.NewGuid().ToString(), "", "") : Find(accountId, id) ?? throw new RefusedException($"There is no answer {id}.");
                var others = All(accountId).Where(other => other.Id != before.Id).ToList();
                if (others.Count >= Most) throw new RefusedException($"An account has at most {Most} canned answers.");
                saved = change(before);
                CannedAnswerCheck.Check(saved, others, skillId => _agents.FindSkill(accountId, skillId) is not null);
                db.Execute(
                    "INSERT INTO canned_answers (account, id, answer) VALUES ($1, $2, $3) ON CONFLICT (account, id) DO UPDATE SET answer = excluded.answer",
                    accountId, saved.Id, JsonSerializer.Serialize(saved, IdentityJson.Default.CannedAnswer));
            },
            () => _answers.Set((accountId, saved!.Id), saved));
        return saved!;
    }

    internal Task RemoveAsync(string accountId, string id) => _store.WriteAsync(
        db => db.Execute("DELETE FROM canned_answers WHERE account = $1 AND id = $2", accountId, id),
        () => _answers.Remove((accountId, id)));
}
