namespace Parley.Conversations.Routing;

/// <summary>What an agent has on his hands. Slots are counted in hundredths, because an idle conversation may take less than one.</summary>
internal sealed class AgentLoad(string id)
{
    public const int Slot = 100;

    private readonly Dictionary<string, int> _bySkill = [];
    private int _used;

    public string Id => id;
    public AgentRules Rules { get; set; } = new(id, Readiness.None, 0, new Dictionary<string, int>());
    public int Free => Rules.MaxSlots * Slot - _used;
    public int Used => _used;
    public long LastGiven { get; set; }

    /// <summary>Conversations that are handed to him alone.</summary>
    public Pool Handed { get; } = new(id);

    /// <summary>Conversations with a waiting ring of his.</summary>
    public HashSet<RoutedConversation> Ringing { get; } = [];

    public Dictionary<Pool, Seat> Seats { get; set; } = [];

    /// <summary>Skills of which he had as many conversations as one agent may have, when he took his seats.</summary>
    public HashSet<string> FullSkills { get; set; } = [];

    public IEnumerable<string> SkillsHeld => _bySkill.Keys;

    public int CountOf(string skillId) => _bySkill.GetValueOrDefault(skillId);

    /// <summary>Whether he may have one more conversation of a skill.</summary>
    public bool HasRoomFor(string? skillId, RoutingRules rules) =>
        skillId is null || rules.Of(skillId).MaxPerAgent is not { } most || CountOf(skillId) < most;

    public void Hold(string? skillId, int weight) => Change(skillId, weight, 1);

    public void Release(string? skillId, int weight) => Change(skillId, -weight, -1);

    private void Change(string? skillId, int weight, int count)
    {
        _used += weight;
        if (skillId is null) return;
        var now = _bySkill.GetValueOrDefault(skillId) + count;
        if (now == 0) _bySkill.Remove(skillId);
        else _bySkill[skillId] = now;
    }
}
