"""Routes of definitions."""

from django.urls import path

from workflow_api.workflows import api, api_portable

urlpatterns = [
    path("workflows/", api.WorkflowsView.as_view()),
    path("workflows/import/", api_portable.ImportView.as_view()),
    path("workflows/<int:workflow_id>/export/", api_portable.ExportView.as_view()),
    path("workflows/<int:workflow_id>/", api.WorkflowView.as_view()),
    path("workflows/<int:workflow_id>/graph/", api.GraphView.as_view()),
    path("workflows/<int:workflow_id>/validate/", api.ValidateView.as_view()),
    path("workflows/<int:workflow_id>/deploy/", api.DeployView.as_view()),
    path("workflows/<int:workflow_id>/pause/", api.PauseView.as_view()),
    path("workflows/<int:workflow_id>/resume/", api.ResumeView.as_view()),
    path("workflows/<int:workflow_id>/clone/", api.CloneView.as_view()),
    path("workflows/<int:workflow_id>/versions/", api.VersionsView.as_view()),
    path("workflows/<int:workflow_id>/versions/<int:number>/", api.VersionView.as_view()),
    path("workflows/<int:workflow_id>/versions/<int:number>/diff/", api.DiffView.as_view()),
    path("steps/", api.StepsView.as_view()),
    path("steps/<int:step_id>/", api.StepView.as_view()),
    path("transitions/", api.TransitionsView.as_view()),
    path("transitions/<int:transition_id>/", api.TransitionView.as_view()),
]
