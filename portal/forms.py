from django import forms


class Form(forms.Form):
    pass


class ModelForm(forms.ModelForm):
    pass
