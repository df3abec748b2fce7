using Parley.Conversations.Changes;

namespace Parley.Cluster.Between;

/// <summary>One change of a conversation's fields as nodes write it: exactly one of the members is there. Members are never given another meaning.</summary>
internal sealed record ForwardedChange(
    ChangeParticipant? Participant = null,
    ChangeSkill? Skill = null,
    ChangeTtr? Ttr = null,
    CloseDialog? CloseDialog = null,
    CloseEverything? CloseEverything = null,
    CreateDialog? CreateDialog = null,
    RateConversation? Rate = null,
    SetDelay? Delay = null,
    SetField? Field = null,
    SetManualEttr? ManualEttr = null,
    StepUp? StepUp = null,
    UpdateDialog? UpdateDialog = null)
{
    /// <exception cref="FormatException">None is there: it was sent by a newer version.</exception>
    public FieldChange Change =>
        (FieldChange?)Participant ?? (FieldChange?)Skill ?? (FieldChange?)Ttr ?? (FieldChange?)CloseDialog ?? (FieldChange?)CloseEverything ?? (FieldChange?)CreateDialog
        ?? (FieldChange?)Rate ?? (FieldChange?)Delay ?? (FieldChange?)Field ?? (FieldChange?)ManualEttr ?? (FieldChange?)StepUp ?? (FieldChange?)UpdateDialog
        ?? throw new FormatException("A change is of no kind that this version knows.");

    public static ForwardedChange Of(FieldChange change) => change switch
    {
        ChangeParticipant x => new(Participant: x),
        ChangeSkill x => new(Skill: x),
        ChangeTtr x => new(Ttr: x),
        CloseDialog x => new(CloseDialog: x),
        CloseEverything x => new(CloseEverything: x),
        CreateDialog x => new(CreateDialog: x),
        RateConversation x => new(Rate: x),
        SetDelay x => new(Delay: x),
        SetField x => new(Field: x),
        SetManualEttr x => new(ManualEttr: x),
        StepUp x => new(StepUp: x),
        UpdateDialog x => new(UpdateDialog: x),
        _ => throw new NotSupportedException($"Nodes have no form for {change.GetType().Name}."),
    };
}
