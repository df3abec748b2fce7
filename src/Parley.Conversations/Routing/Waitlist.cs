namespace Parley.Conversations.Routing;

/// <summary>
/// Who waits for an agent and for how long, kept as it changes, so that asking costs next to nothing. While a conversation's account is
/// closed it does not count as waiting.
/// </summary>
internal sealed class Waitlist
{
    private const long RepeatAfter = 60_000;

    private sealed class OfSkill
    {
        public SortedSet<(long Since, string Id)> Waiting { get; } = [];
        public bool IsLate { get; set; }
        public long LateAt { get; set; }
    }

    private readonly record struct Entry(Conversation Conversation, string SkillId, long Since, long Due, long TellAt);

    private readonly Dictionary<string, Entry> _entries = [];
    private readonly Dictionary<string, OfSkill> _skills = [];
    private readonly HashSet<string> _touched = [];
    private readonly SortedSet<(long At, string Id)> _since = [];
    private readonly SortedSet<(long At, string Id)> _due = [];
    private readonly SortedSet<(long At, string Id)> _untold = [];
    private readonly SortedSet<(long At, string SkillId)> _late = [];
    private RoutingRules _rules = RoutingRules.Default;

    public int Count => _entries.Count;

    /// <summary>Since when the longest waits, or null when nobody does.</summary>
    public long? Oldest => _since.Count == 0 ? null : _since.Min.At;

    /// <summary>When somebody is to be told something, if nothing happens before.</summary>
    public long WakeAt => Math.Min(First(_untold), First(_late));

    public void SetRules(RoutingRules rules)
    {
        _rules = rules;
        _touched.UnionWith(_skills.Keys);
        var waiting = _entries.Values.ToList();
        _entries.Clear();
        foreach (var entry in waiting)
        {
            Forget(entry);
            Put(entry.Conversation);
        }
    }

    /// <summary>A conversation is in this state now.</summary>
    public void Put(Conversation conversation)
    {
        var isKnown = _entries.Remove(conversation.Id, out var before);
        if (EntryOf(conversation) is not { } entry)
        {
            if (isKnown) Forget(before);
            return;
        }

        // Whoever was named already is not named again because something else happened.
        if (isKnown && before.Since == entry.Since && entry.TellAt != long.MaxValue) entry = entry with { TellAt = Math.Max(entry.TellAt, before.TellAt) };
        _entries[conversation.Id] = entry;
        if (isKnown && before with { Conversation = conversation } == entry) return;
        if (isKnown) Forget(before);
        _since.Add((entry.Since, conversation.Id));
        _due.Add((entry.Due, conversation.Id));
        if (entry.TellAt != long.MaxValue) _untold.Add((entry.TellAt, conversation.Id));
        if (!_skills.TryGetValue(entry.SkillId, out var skill)) _skills[entry.SkillId] = skill = new OfSkill();
        skill.Waiting.Add((entry.Since, conversation.Id));
        _touched.Add(entry.SkillId);
    }

    /// <summary>How many should have been answered by now.</summary>
    public int Overdue(long now)
    {
        while (First(_due) <= now) _due.Remove(_due.Min);
        return _entries.Count - _due.Count;
    }

    /// <summary>Who is to be told now that he has to wait; again later, if that is not seen to happen.</summary>
    public List<string> TakeUntold(long now)
    {
        List<string> ids = [];
        while (First(_untold) <= now)
        {
            var id = _untold.Min.Id;
            _untold.Remove(_untold.Min);
            _entries[id] = _entries[id] with { TellAt = now + RepeatAfter };
            _untold.Add((now + RepeatAfter, id));
            ids.Add(id);
        }

        return ids;
    }

    /// <summary>For which skills somebody waits longer than he should, or does not any more, since this was last asked.</summary>
    public List<WaitAlert> TakeAlerts(long now)
    {
        List<WaitAlert> alerts = [];
        while (First(_late) <= now)
        {
            _touched.Add(_late.Min.SkillId);
            _late.Remove(_late.Min);
        }

        foreach (var id in _touched)
        {
            var skill = _skills[id];
            _late.Remove((skill.LateAt, id));
            skill.LateAt = skill.Waiting.Count > 0 && _rules.Of(id).WaitTarget is { } target ? skill.Waiting.Min.Since + target : long.MaxValue;
            if (skill.LateAt > now && skill.LateAt != long.MaxValue) _late.Add((skill.LateAt, id));
            if (skill.LateAt <= now == skill.IsLate) continue;
            skill.IsLate = !skill.IsLate;
            alerts.Add(new WaitAlert(id, skill.IsLate, skill.Waiting.Count));
        }

        _touched.Clear();
        return alerts;
    }

    private Entry? EntryOf(Conversation conversation)
    {
        if (conversation is not { WaitingSince: { } since, Stage: Stage.Open }) return null;
        var begun = conversation.AttendedFrom(since);
        var isUntold = _rules.TellsOfWaiting(conversation) && !(conversation.WaitingToldTs >= since);
        return new Entry(
            conversation, conversation.SkillId ?? "", begun, QueueKey.Of(conversation, 0).Due, isUntold ? begun + _rules.TellWaitingAfter!.Value : long.MaxValue);
    }

    private void Forget(Entry entry)
    {
        var id = entry.Conversation.Id;
        _since.Remove((entry.Since, id));
        _due.Remove((entry.Due, id));
        _untold.Remove((entry.TellAt, id));
        _skills[entry.SkillId].Waiting.Remove((entry.Since, id));
        _touched.Add(entry.SkillId);
    }

    private static long First(SortedSet<(long At, string Id)> times) => times.Count == 0 ? long.MaxValue : times.Min.At;
}
