namespace Parley.Conversations;

/// <summary>The kinds of dialog (protocol 15.2). MAIN shares its conversation's id.</summary>
public enum DialogType : byte { Main, PostSurvey, Other, Agents }
